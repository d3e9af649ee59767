import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";

const readPage = () => readTables(experiment.pages[0], example);

Deno.test("the page of the audit has each suspect label and each moved column under its heading", () => {
  const tables = readPage();
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

Deno.test("the page of the audit has groups, pairs and halves of the file under their headings", () => {
  const tables = readPage();
  assert.deepEqual(tables.get("audit-groups"), {
    "Most frequent class": ["dog", "cat"],
    "Rows": ["31", "21"],
    "Wrong": ["13", "9"],
    "Share wrong": ["41.9%", "42.9%"],
    "Share wrong elsewhere": ["2.5%", "3.5%"],
    "p-value, by Holm": ["0.0021", "0.032"],
    "Columns that differ most, with their means here and elsewhere": [
      "width 4.25 (0.750), length −1.50 (3.13)",
      "width 3.25 (1.75), length −0.500 (2.13)",
    ],
    "Some of the wrong rows, from 0": ["12 (r12), 16", "11 (r11), 15"],
  });
  assert.deepEqual(tables.get("audit-near"), {
    "Earlier row, from 0": ["8", "50"],
    "Id of the earlier row": ["r8", "r50"],
    "Label of the earlier row": ["dog", "cat"],
    "Later row, from 0": ["49", "91"],
    "Id of the later row": ["r49", "r91"],
    "Label of the later row": ["cat", "dog"],
    "Distance": ["0.00123", "0.0357"],
    "p-value, by Holm": ["4.5 × 10⁻⁴", "0.012"],
  });
  assert.deepEqual(Object.values(tables.get("audit-identical")!), [
    ["2"],
    ["r2"],
    ["cat"],
    ["29"],
    ["r29"],
    ["dog"],
  ]);
  assert.deepEqual(tables.get("audit-order"), {
    "Column": ["length", "width"],
    "KS distance": ["0.550", "0.350"],
    "p-value, by Holm": ["3.1 × 10⁻⁴", "0.023"],
    "Median in the first half": ["1.500", "3.600"],
    "Median in the second half": ["8.250", "4.950"],
  });
});

Deno.test("the page of the audit has the other findings with their rows and columns", () => {
  const tables = readPage();
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
  const { Found: found, Method: how } = tables.get("audit-checks")!;
  assert.deepEqual(found, ["3", "2", "20", "yes", "1", "3", "5", "2"]);
  assert.match(how[1], /^Clusters by k-means, 6 of them/);
  assert.match(how[2], /^Equal rows among 118 .* which in 3 dimensions is 0\.876/);
  assert.match(
    how[3],
    /of 117 rows .* 12\.3, against 39\.3 in random order; .* p-value 0\.0025\.$/,
  );
  assert.match(how[7], /119 rows against 64/);
});

Deno.test("the page of the audit shows no number for a check that could not look", () => {
  const none = { labels: null, groups: null, duplicates: null, rareClasses: null, drift: null };
  const order = { ...example.payload.order!, pValue: 0.06, columns: [] };
  const payload = { ...example.payload, ...none, order };
  const bare = readTables(experiment.pages[0], { ...example, payload });
  assert.deepEqual(bare.get("audit-checks")!["Found"], [
    "—",
    "—",
    "—",
    "no",
    "—",
    "3",
    "5",
    "—",
  ]);
  assert.deepEqual([...bare.keys()], ["audit-checks", "audit-identifiers", "audit-empty-rows"]);
});
