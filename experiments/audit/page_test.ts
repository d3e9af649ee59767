import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";

const tables = readTables(experiment.pages[0], example);

Deno.test("the page of the audit has each suspect label and each moved column under its heading", () => {
  assert.deepEqual(tables.get("audit-suspects"), {
    "Row, from 0": ["17", "4", "101"],
    "Id": ["r17", "r4", "r101"],
    "Label given": ["cat", "dog", "cat"],
    "Likelier label": ["dog", "cat", "dog"],
    "Probability of the label given": ["2.0%", "13.0%", "24.0%"],
    "Probability of the likelier label": ["97.0%", "84.0%", "71.0%"],
  });
  assert.deepEqual(tables.get("audit-drift"), {
    "Column": ["weight", "length"],
    "KS distance": ["0.600", "0.390"],
    "p-value, by Holm": ["1.2 × 10⁻⁴", "0.012"],
    "Median here": ["4.500", "7.700"],
    "Median in the second file": ["6.250", "4.550"],
  });
});

Deno.test("the page of the audit has the other findings with their rows and columns", () => {
  assert.deepEqual(tables.get("audit-identifiers"), {
    "Column": ["length", "width", "weight"],
    "Sign": [
      "values rise along the file",
      "values fall along the file",
      "whole numbers that never repeat",
    ],
  });
  assert.deepEqual(tables.get("audit-rare-classes"), { "Class": ["owl"], "Rows": ["2"] });
  assert.deepEqual(tables.get("audit-empty-rows"), {
    "Row, from 0": ["33", "77"],
    "Id": ["r33", "—"],
  });
  assert.deepEqual(tables.get("audit-checks")!["Found"], ["3", "1", "3", "5", "2"]);
});

Deno.test("the page of the audit shows no number for a check that could not look", () => {
  const payload = { ...example.payload, labels: null, rareClasses: null, drift: null };
  const bare = readTables(experiment.pages[0], { ...example, payload });
  assert.deepEqual(bare.get("audit-checks")!["Found"], ["—", "—", "3", "5", "—"]);
  assert.equal(bare.get("audit-suspects"), undefined);
});
