// deno-lint-ignore-file no-console -- it prints what it found
import { kMeansMissing } from "@mixtape/clustering";
import { imputeColumns, standardize } from "@mixtape/datasets/preparation";
import { readTable } from "@mixtape/datasets/table";
import { random } from "@mixtape/tensor-utils";

const table = await readTable("examples/wine/wine.csv", { exclude: ["cultivar"] });
const { x: { values, shape } } = await standardize(table.x);

// Hide a tenth of the cells, fill them in, and compare.
const source = random(0);
const mask = Uint8Array.from(values, () => source.next() < 0.1 ? 1 : 0);
const holes = { values: Float64Array.from(values, (cell, at) => mask[at] ? NaN : cell), shape };
const errorOf = (filled: ArrayLike<number>) => {
  const hidden = [...mask.keys()].filter((at) => mask[at]);
  const squares = hidden.map((at) => (filled[at] - values[at]) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / hidden.length).toFixed(3);
};
for (const method of ["mean", "median"] as const) {
  console.log({ method, error: errorOf((await imputeColumns(holes, { method })).x.values) });
}
using model = await kMeansMissing(holes, { clusters: 3, method: "k-pod" });
const filled = Float64Array.from(values, (_, at) => {
  const [row, column] = [Math.floor(at / shape[1]), at % shape[1]];
  return model.centroids.values[model.labels[row] * shape[1] + column];
});
console.log({ method: "k-pod", error: errorOf(filled) });
