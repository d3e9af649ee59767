import assert from "node:assert/strict";
import { parseBenchmarks } from "./benchmarks.ts";

const machine = { processor: "P", processors: 2, memory: 1, os: "linux", runtime: "Deno" };

Deno.test("parseBenchmarks() reads the output of bench and leaves out fields that pages do not show", () => {
  const json = JSON.stringify({ schemaVersion: 1, machine, rows: [], more: true });
  assert.deepEqual(parseBenchmarks(json, { file: "b.json" }), {
    schemaVersion: 1,
    machine,
    rows: [],
  });
});

Deno.test("parseBenchmarks() names the place that does not conform", () => {
  const json = JSON.stringify({ schemaVersion: 1, machine, rows: [{ id: 3 }] });
  assert.throws(
    () => parseBenchmarks(json, { file: "b.json" }),
    /^ResultMismatchError: Cannot read b\.json: at rows\[0\]\.id, expected string, .*got 3$/,
  );
  assert.throws(() => parseBenchmarks("{", { file: "b.json" }), /Cannot read b\.json: not JSON/);
});
