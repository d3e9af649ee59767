// deno-lint-ignore-file no-console -- it prints what it found
import { readTable } from "@mixtape/datasets/table";

const { x, columns, labels } = await readTable("examples/wine/wine.csv", { label: "cultivar" });
const { values, shape: [rows, width] } = x;
// An empty cell is read as NaN. This table has none, so one is emptied.
values[0] = NaN;
console.log({ rows, columns: width, classes: [...new Set(labels)] });
columns.forEach((name, column) => {
  const cells = Array.from({ length: rows }, (_, row) => values[row * width + column]);
  const known = cells.filter((cell) => !Number.isNaN(cell)).sort((a, b) => a - b);
  const at = (share: number) => known[Math.round(share * (known.length - 1))];
  console.log({ name, missing: rows - known.length, low: at(0), median: at(0.5), high: at(1) });
});
