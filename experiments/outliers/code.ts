// deno-lint-ignore-file no-console -- it prints what it found
import { readTable } from "@mixtape/datasets/table";
import { outlierScores } from "@mixtape/ood";

const { x, columns } = await readTable("examples/wine/wine.csv", { exclude: ["cultivar"] });

// Each row is scored by mixtures that were fitted without it: the lower, the odder.
const { logDensity, model } = await outlierScores(x);
const oddest = [...logDensity.keys()].sort((a, b) => logDensity[a] - logDensity[b]);
for (const row of oddest.slice(0, 5)) console.log({ row, nats: logDensity[row].toFixed(1) });

// A p-value is for a row that had no part in the density: here one with twice as much of everything.
const strange = Array.from(x.values.subarray(0, columns.length), (cell) => 2 * cell);
const [p] = await model.pValues([strange]);
console.log({ p });
