import assert from "node:assert/strict";
import { parseBenchmarks } from "./benchmarks.ts";
import {
  anyText,
  assertKeeps,
  atLeast,
  type Contract,
  flag,
  magnitude,
  moment,
  number,
  orNull,
  positive,
  values,
  words,
} from "./testing/contract.ts";

const machine = { processor: "P", processors: 2, memory: 1, os: "linux", runtime: "Deno" };

const output: Contract = {
  schemaVersion: values([1], [0, 2, "1"]),
  machine: {
    processor: anyText,
    processors: positive,
    memory: magnitude,
    os: anyText,
    runtime: anyText,
  },
  rows: atLeast(0, {
    id: anyText,
    title: anyText,
    size: anyText,
    scaling: values([null, { axis: "N", value: 2.5 }], [{ axis: 1, value: 1 }, { axis: "N" }]),
    quick: flag,
    measuredAt: moment,
    commit: orNull(anyText),
    entries: atLeast(0, {
      id: anyText,
      peer: anyText,
      title: anyText,
      versions: values([{}, { torch: "2" }], [null, [], "?"]),
      threads: orNull(positive),
      seconds: { runs: positive, min: magnitude, median: magnitude, max: magnitude },
      remark: orNull(anyText),
    }),
    comparisons: atLeast(0, {
      against: orNull(anyText),
      measure: words("seconds", "peakBytes"),
      ratio: number,
      bar: orNull(number),
      reached: orNull(flag),
    }),
    qualities: atLeast(0, {
      against: anyText,
      name: anyText,
      ours: number,
      theirs: number,
      equal: orNull(flag),
    }),
  }),
};

function read(value: unknown): unknown {
  return parseBenchmarks(JSON.stringify(value ?? null), { file: "b.json" });
}

Deno.test("parseBenchmarks() reads back every field, and refuses every damage by its place", () => {
  assertKeeps(output, read, { open: true });
});

Deno.test("parseBenchmarks() leaves out fields that pages do not show", () => {
  const written = { schemaVersion: 1, machine, rows: [] };
  assert.deepEqual(read({ ...written, machine: { ...machine, more: 1 }, more: true }), written);
});

Deno.test("parseBenchmarks() names the place that does not conform", () => {
  assert.throws(
    () => read({ schemaVersion: 1, machine, rows: [{ id: 3 }] }),
    /^ResultMismatchError: Cannot read b\.json: at rows\[0\]\.id, expected string, .*got 3$/,
  );
  assert.throws(
    () => parseBenchmarks("{", { file: "b.json" }),
    /^SyntaxError: Cannot read b\.json: not JSON/,
  );
});
