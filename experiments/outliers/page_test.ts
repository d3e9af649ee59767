import assert from "node:assert/strict";
import { exampleSprite } from "@mixtape/report-site/testing";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { OddRow, OutliersPayload, OutliersResult } from "./result.ts";

function oddRow(shift: number, isDiscovery: boolean, id: string | null): OddRow {
  const reason = (column: string, more: number) => ({
    column,
    value: 11 + more,
    expected: 22 + more,
    low: 33 + more,
    median: 44 + more,
    high: 55 + more,
    nats: 66 + more,
  });
  return {
    row: 100 + shift,
    id,
    score: 77 + shift,
    pValue: 0.001 * (8 + shift),
    byChance: 0.1 * (9 + shift),
    isDiscovery,
    reasons: [reason("length", shift / 10), reason("width", shift / 5)],
  };
}

const foreign = {
  ...example.payload.foreign!,
  listed: [oddRow(5, true, null)],
  pictures: exampleSprite("outliers/foreign.png", 10, 1),
};

const payload: OutliersPayload = {
  ...example.payload,
  listed: [oddRow(1, true, "a"), { ...oddRow(2, false, "b"), pValue: 1e-7, reasons: [] }],
  pictures: exampleSprite("outliers/oddest.png", 10, 2),
  foreign,
};
const result: OutliersResult = { ...example, payload };

Deno.test("the page on outliers has each number of a row under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("own-oddest"), {
    "Row, from 0": ["101", "102"],
    "Id": ["a", "b"],
    "Score": ["78.0", "79.0"],
    "p-value": ["0.0090", "< 10⁻⁶"],
    "As odd by chance": ["1.0", "1.1"],
    "Discovery": ["yes", "no"],
  });
  assert.deepEqual(tables.get("own-reasons"), {
    "Row, from 0": ["101", "101"],
    "Id": ["a", "a"],
    "Column": ["length", "width"],
    "Value": ["11.10", "11.20"],
    "Expected": ["22.10", "22.20"],
    "5%": ["33.10", "33.20"],
    "Median": ["44.10", "44.20"],
    "95%": ["55.10", "55.20"],
    "Nats": ["66.1", "66.2"],
  });
  const { "Id": ids, ...listed } = tables.get("foreign-oddest")!;
  assert.equal(ids, undefined);
  assert.deepEqual(listed, {
    "Row, from 0": ["105"],
    "Score": ["82.0"],
    "p-value": ["0.013"],
    "As odd by chance": ["1.4"],
    "Discovery": ["yes"],
  });
  assert.deepEqual(tables.get("foreign-reasons")?.["Value"], ["11.50", "12.00"]);
});

Deno.test("the page on outliers has no part for another file, pictures or reasons without them", () => {
  const bare = {
    ...payload,
    listed: payload.listed.slice(1),
    pictures: null,
    foreign: null,
  };
  const tables = readTables(experiment.pages[0], { ...result, payload: bare });
  assert.deepEqual([...tables.keys()].filter((name) => /own|foreign/.test(name)), ["own-oddest"]);
});
