import assert from "node:assert/strict";
import { jupyterCentres } from "./jupyter_centres.ts";

const words = { caption: "Model", part: "cluster", size: "rows", coordinate: "column" };

function lines(values: readonly number[], k: number): string[] {
  const centres = { values, shape: [k, values.length / k] };
  const sizes = Array.from({ length: k }, (_, c) => c + 5);
  return jupyterCentres({ ...words, sizes, centres })["text/plain"].split("\n");
}

Deno.test("jupyterCentres() shows sizes and centres, of one cluster and one column too", () => {
  assert.deepEqual(lines([0, 2, 9, 9], 2), [
    "Model",
    "cluster\trows\tcolumn 0\tcolumn 1",
    "0\t5\t0\t2",
    "1\t6\t9\t9",
  ]);
  assert.deepEqual(lines([0.5], 1), ["Model", "cluster\trows\tcolumn 0", "0\t5\t0.5"]);
});

Deno.test("jupyterCentres() shows of many columns those that differ between centres", () => {
  const rows = [0, 1].map((at) => Array.from({ length: 14 }, (_, j) => j < 3 ? 7 : at * j));
  const columns = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
  assert.deepEqual(lines(rows.flat(), 2), [
    "Model; 10 of 14 columns, which differ most between clusters",
    ["cluster", "rows", ...columns.map((j) => `column ${j}`)].join("\t"),
    [0, 5, ...columns.map(() => 0)].join("\t"),
    [1, 6, ...columns].join("\t"),
  ]);
});

Deno.test("jupyterCentres() claims no difference of a single centre, and counts the clusters it leaves out", () => {
  const [caption, header] = lines(Array(11).fill(1), 1);
  assert.equal(caption, "Model; 10 of 11 columns, the first ones");
  assert.match(header, /column 9$/);
  const many = lines(Array.from({ length: 300 }, (_, c) => c), 300);
  assert.deepEqual([many.length, many[31], many[32]], [33, "29\t34\t29", "… 270 more rows"]);
});
