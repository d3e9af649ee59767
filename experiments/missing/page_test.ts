import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { MissingResult, Ranked } from "./result.ts";

function ranked(from: number): Ranked {
  const mean = (value: number) => ({
    value,
    interval: { low: value + 0.001, high: value + 0.002, level: 0.95 },
  });
  return { mean: mean(from), behind: mean(from + 0.01) };
}

const [, , complete] = example.payload.fills;
const result: MissingResult = {
  ...example,
  payload: {
    ...example.payload,
    rows: 80,
    byColumn: [{ name: "a", missing: 20 }, { name: "b", missing: 6 }],
    patterns: [{ lacking: ["a"], rows: 18 }, { lacking: ["a", "b"], rows: 2 }],
    fills: [
      { method: "column-mean", error: ranked(0.211) },
      { method: "k-pod", error: { ...ranked(0.311), behind: null } },
      complete,
    ],
    groupings: [
      {
        method: "complete-rows",
        fittedRows: 41,
        agreement: [ranked(0.811).mean, ranked(0.822).mean],
        toClasses: ranked(0.411),
      },
      { method: "mean-imputation", fittedRows: 0, agreement: [], toClasses: null },
      {
        method: "k-pod",
        fittedRows: 43,
        agreement: [ranked(0.833).mean, ranked(0.844).mean],
        toClasses: { ...ranked(0.511), behind: null },
      },
    ],
  },
};

Deno.test("the page on missing cells has each number under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("missing-columns"), {
    "Column": ["a", "b"],
    "No value": ["20", "6"],
    "Share": ["25.0%", "7.5%"],
  });
  assert.deepEqual(tables.get("missing-patterns"), {
    "Columns": ["a", "a, b"],
    "Rows": ["18", "2"],
    "Share": ["22.5%", "2.5%"],
  });
  assert.deepEqual(tables.get("errors"), {
    "Method": ["column means", "k-POD", "complete rows"],
    "Error": ["0.211", "0.311", "—"],
    "95% from": ["0.212", "0.312", "—"],
    "95% to": ["0.213", "0.313", "—"],
    "Behind the best": ["0.221", "—", "—"],
    "Behind, 95% from": ["0.222", "—", "—"],
    "Behind, 95% to": ["0.223", "—", "—"],
  });
  assert.deepEqual(tables.get("agreement"), {
    "Method": ["complete rows", "mean imputation", "k-POD"],
    "Rows fitted": ["41", "0", "43"],
    "complete rows": ["0.811", "—", "0.833"],
    "complete rows, 95% from": ["0.812", "—", "0.834"],
    "complete rows, 95% to": ["0.813", "—", "0.835"],
    "k-POD": ["0.822", "—", "0.844"],
    "k-POD, 95% from": ["0.823", "—", "0.845"],
    "k-POD, 95% to": ["0.824", "—", "0.846"],
  });
  const { "ARI": ari, "Behind the best": behind } = tables.get("classes")!;
  assert.deepEqual([ari, behind], [["0.411", "—", "0.511"], ["0.421", "—", "—"]]);
});

Deno.test("the page on missing cells shows no errors without hidden cells, and no classes without labels", () => {
  const groupings = result.payload.groupings.map((one) => ({ ...one, toClasses: null }));
  const payload = { ...result.payload, fills: [], groupings };
  const tables = readTables(experiment.pages[0], { ...result, payload });
  assert.deepEqual([tables.has("errors"), tables.has("classes"), tables.has("agreement")], [
    false,
    false,
    true,
  ]);
});
