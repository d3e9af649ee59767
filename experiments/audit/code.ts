// deno-lint-ignore-file no-console -- it prints what it found
import {
  nearDuplicates,
  orderDependence,
  outOfFoldProbabilities,
  suspectLabels,
} from "@mixtape/audit";
import { readTable } from "@mixtape/datasets/table";
import { standardize } from "@mixtape/datasets/preparation";

const table = await readTable("examples/wine/wine.csv", { label: "cultivar" });
const { x } = await standardize(table.x);
// A label that is wrong, to see that it is found.
const labels = table.labels!.with(7, "cultivar 3");

const { probabilities, classes } = await outOfFoldProbabilities(x, labels);
const { rows, likely } = await suspectLabels(probabilities, labels);
console.log(`labels that look wrong: ${rows.length}`);
for (const row of rows) {
  console.log(`row ${row}: labelled ${labels[row]}, more like ${classes[likely[row]]}`);
}
const { pairs } = await nearDuplicates(x);
console.log(`pairs far nearer than is usual around them: ${pairs.length}`);
const { pValue } = await orderDependence(x);
console.log(`p-value of rows in random order: ${pValue}`);
