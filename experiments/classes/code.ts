// deno-lint-ignore-file no-console -- it prints what it found
import { outOfFoldProbabilities } from "@mixtape/audit";
import { readTable } from "@mixtape/datasets/table";
import { standardize } from "@mixtape/datasets/preparation";
import { wilsonInterval } from "@mixtape/ood";

const table = await readTable("examples/wine/wine.csv", { label: "cultivar" });
const { x } = await standardize(table.x);
const labels = table.labels!;

// Each row is judged by a network that was trained on other rows.
const { probabilities, classes } = await outOfFoldProbabilities(x, labels);
const { values, shape: [n, k] } = probabilities;
const predicted = Array.from({ length: n }, (_, row) => {
  const own = values.subarray(row * k, (row + 1) * k);
  return classes[own.indexOf(Math.max(...own))];
});
const right = predicted.filter((name, row) => name === labels[row]).length;
const { low, high } = wilsonInterval(right, n);
console.log(`right: ${right} of ${n}, 95% interval ${low.toFixed(3)} to ${high.toFixed(3)}`);
