import assert from "node:assert/strict";
import type { DataTableProps } from "./data_table.tsx";
import { type Origin, originOf } from "./origin.ts";
import { tableCsv, tableJson } from "./table_files.ts";
import { exampleTableEnvelope } from "../testing/example_envelope.ts";
import { examplesByExperiment } from "../testing/examples.ts";

const table: DataTableProps = {
  caption: "Times",
  explanation: "Wall time of each run.",
  name: "times",
  columns: [
    { label: 'Name, or "id"' },
    { label: "Took", format: (value) => value.toFixed(1), unit: "s" },
    { label: "Never", format: String },
    { label: "Mixed" },
  ],
  rows: [["a", 1.25, null, 1], ["b\nc", null, null, "one"]],
};

Deno.test("tableCsv() quotes what has to be quoted, and rounds nothing", () => {
  assert.equal(
    tableCsv(table),
    '"Name, or ""id""",Took,Never,Mixed\r\na,1.25,,1\r\n"b\nc",,,one\r\n',
  );
});

Deno.test("tableJson() holds the same cells with types, units and origin", () => {
  const origin: Origin = originOf(examplesByExperiment["kmeans-init"]);
  const context = { page: "kmeans.html#times", language: "en", origins: [origin] };
  const file = JSON.parse(tableJson(table, context));
  assert.deepEqual(file, {
    title: "Times",
    caption: "Wall time of each run.",
    page: "kmeans.html#times",
    language: "en",
    columns: [
      { label: 'Name, or "id"', type: "text", unit: null },
      { label: "Took", type: "number", unit: "s" },
      { label: "Never", type: "number", unit: null },
      { label: "Mixed", type: "text", unit: null },
    ],
    rows: table.rows,
    origins: [origin],
  });
});

Deno.test("originOf() has the key, the commit, the seed and every parameter of a result", () => {
  const result = examplesByExperiment["kmeans-init"];
  assert.deepEqual(originOf(result), {
    name: "kmeans-init",
    file: "results/kmeans-init.json",
    key: result.key,
    commit: result.provenance.commit,
    dirty: true,
    options: {
      profile: "quick",
      seed: 7,
      dataset: "sample",
      epochs: 3,
      rates: [0, 0.5],
      note: "for tests",
      limit: null,
    },
  });
  assert.equal(originOf(result, null).file, null);
  const own = exampleTableEnvelope("table", {});
  const options = { ...own.options, dataset: { ...own.options.dataset, used: "own" as const } };
  const data = [{ ...own.data[0], name: "measured.csv" }, { ...own.data[0], name: "other.csv" }];
  assert.equal(originOf({ ...own, options, data }).options.dataset, "measured.csv");
});

Deno.test("tableCsv() lets no text run as a formula of a spreadsheet, and leaves numbers alone", () => {
  const formulas = ["=1+1", "+1", "-1+1|cmd", "@sum", "\t=1", "\r=1"];
  const table = { caption: "", name: "x", columns: [{ label: "=a" }], rows: [[-1], ["a=b"]] };
  const rows = [...table.rows, ...formulas.map((formula) => [formula])];
  const [heading, number, text, ...cells] = tableCsv({ ...table, rows }).split("\r\n");
  assert.deepEqual([heading, number, text], ["'=a", "-1", "a=b"]);
  assert.deepEqual(cells.slice(0, 4), ["'=1+1", "'+1", "'-1+1|cmd", "'@sum"]);
  assert(cells.slice(4, 6).every((cell) => cell === "" || /^"?'/.test(cell)), cells.join("¦"));
});
