import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";

Deno.test("the page on the data has the images of each class in each split that was read", () => {
  const [first, second] = example.payload.sets;
  const sets = [
    {
      ...first,
      splits: [
        { split: "train" as const, rows: 46, classCounts: [10, 11, 12, 13] },
        { split: "test" as const, rows: 90, classCounts: [21, 22, 23, 24] },
      ],
    },
    {
      ...second,
      splits: [
        { split: "train" as const, rows: 0, classCounts: [0, 0, 0, 0] },
        { split: "test" as const, rows: 130, classCounts: [31, 32, 33, 34] },
      ],
    },
  ];
  const tables = readTables(experiment.pages[0], { ...example, payload: { sets } });
  const classes = { "Class": ["zero", "one", "two", "three"] };
  assert.deepEqual(tables.get("class-counts-shapes"), {
    ...classes,
    "training": ["10", "11", "12", "13"],
    "test": ["21", "22", "23", "24"],
  });
  assert.deepEqual(tables.get("class-counts-clothes"), {
    ...classes,
    "test": ["31", "32", "33", "34"],
  });
});
