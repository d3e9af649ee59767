import { languages } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { elementsOf, textOf } from "../../apps/report-site/testing/read_markup.ts";
import { shownPage } from "../../apps/report-site/testing/read_page.tsx";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { TablePayload } from "./result.ts";

const readPage = () => readTables(experiment.pages[0], example);
const names = { "Column": ["length", "width", "weight"] };

Deno.test("the page on the table has each number of a column under its heading", () => {
  const tables = readPage();
  assert.deepEqual(tables.get("table-columns"), {
    ...names,
    "No value": ["0", "3", "6"],
    "Share": ["0.0%", "2.5%", "5.0%"],
    "Distinct": ["17", "18", "19"],
    "Smallest": ["−1.500", "−0.5000", "0.5000"],
    "Mean": ["2.250", "3.250", "4.250"],
    "Largest": ["10.00", "20.00", "30.00"],
    "Standard deviation": ["0.7500", "1.500", "2.250"],
  });
  assert.deepEqual(tables.get("histograms"), {
    ...names,
    "Smallest": ["−1.50", "−0.500", "0.500"],
    "Largest": ["10.0", "20.0", "30.0"],
    "Bin 1": ["12", "13", "14"],
    "Bin 2": ["40", "39", "38"],
    "Bin 3": ["31", "31", "31"],
    "Bin 4": ["22", "23", "24"],
    "Bin 5": ["15", "11", "7"],
  });
  assert.deepEqual(tables.get("table-spread"), {
    "Statistic": ["Share without a value", "Mean", "Standard deviation"],
    "The smallest": ["0", "2.250", "0.7500"],
    "First quartile": ["0.01100", "2.500", "0.8000"],
    "Median": ["0.02500", "3.250", "1.500"],
    "Third quartile": ["0.05000", "3.500", "1.750"],
    "The largest": ["0.07000", "4.250", "2.250"],
  });
});

Deno.test("the page on the table has what may trouble under its headings", () => {
  const tables = readPage();
  assert.deepEqual(tables.get("table-copies"), {
    "Column": ["zero", "mass"],
    "What it is": ["the same in every row", "the same as weight"],
  });
  assert.deepEqual(tables.get("table-repeated"), {
    "The first of them": ["2 (b); 9 (j); 11; …", "30 (x); 31 (y); …"],
    "Rows": ["4", "3"],
  });
  assert.deepEqual(tables.get("table-correlations"), {
    "Column": ["length", "width"],
    "Other column": ["width", "weight"],
    "Correlation": ["−0.980", "0.960"],
    "95% from": ["−0.990", "0.940"],
    "95% to": ["−0.970", "0.971"],
    "Rows": ["117", "114"],
  });
  assert.deepEqual(tables.get("table-omitted"), {
    "Column": ["note", "seen"],
    "Reason": ["its cells are text", "its cells are dates"],
  });
  assert.deepEqual(tables.get("classes"), {
    "Class": ["cat", "dog"],
    "Rows": ["70", "50"],
    "Share of rows": ["58.3%", "41.7%"],
  });
});

Deno.test("the page on the table tells how many of the troubles are shown, where not all are", () => {
  const [language] = languages;
  const textsOf = (payload: Partial<TablePayload>) => {
    const result = { ...example, payload: { ...example.payload, ...payload } };
    const page = shownPage(experiment.pages[0], { byExperiment: { table: result } }, language);
    return ["copies", "correlations", "omitted"].map((id) => {
      const [section] = elementsOf(page).filter(({ attributes }) => attributes.id === id);
      return elementsOf(section, "p").map(textOf).filter((text) => text.startsWith("Shown here"));
    });
  };
  assert.deepEqual(textsOf({}), [
    ["Shown here: 2 of 3."],
    ["Shown here: 2 of 3."],
    ["Shown here: 2 of 4."],
  ]);
  const { copied, correlations, omitted } = example.payload;
  const all = {
    copied: { ...copied, count: 1 },
    correlations: { ...correlations!, count: 2 },
    omitted: { ...omitted, count: 2 },
  };
  assert.deepEqual(textsOf(all), [[], [], []]);
  const sets = example.payload.repeated.sets.map((set) => ({ ...set, count: 3 }));
  const result = { ...example, payload: { ...example.payload, repeated: { count: 5, sets } } };
  const { "The first of them": first } = readTables(experiment.pages[0], result).get(
    "table-repeated",
  )!;
  assert.deepEqual(first, ["2 (b); 9 (j); 11", "30 (x); 31 (y); …"]);
});
