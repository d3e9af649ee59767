// deno-lint-ignore-file no-console -- printing is what it is for
/**
 * Prints the rows of a table that least belong to the others, and the columns that make them odd.
 *
 *     deno run --allow-read examples/programs/csv_outliers/main.ts measurements.csv
 */
import { readTable } from "@mixtape/datasets/table";
import { outlierScores } from "@mixtape/ood";
import process from "node:process";

const [file = "examples/wine/wine.csv"] = process.argv.slice(2);
const { x, columns } = await readTable(file);
const { logDensity, model, fitted, folds } = await outlierScores(x);
const oddest = [...logDensity.keys()].sort((a, b) => logDensity[a] - logDensity[b]).slice(0, 5);

const [n, d] = x.shape;
console.log(`${file}: ${n} rows, ${d} columns of numbers`);
for (const row of oddest) {
  const values = Array.from(x.values.subarray(row * d, (row + 1) * d));
  const withoutFold = folds[fitted.indexOf(row)];
  const costs = await model.contributions([values], { withoutFold });
  const [nats, expected] = [costs.nats.values, costs.expected.values];
  const column = nats.indexOf(Math.max(...nats));
  console.log(
    `row ${row}: ${columns[column]} is ${values[column]}, expected ${expected[column].toFixed(2)}`,
  );
}
