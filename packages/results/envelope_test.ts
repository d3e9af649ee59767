import fc from "fast-check";
import assert from "node:assert/strict";
import { z } from "zod";
import { type Result, schemaVersion } from "./envelope.ts";
import { mismatchOf, parseResult } from "./parse.ts";
import { resultSchema } from "./schemas.ts";
import {
  assertKeeps,
  atLeast,
  type Contract,
  count,
  example,
  hash,
  magnitude,
  meeting,
  moment,
  number,
  orNull,
  positive,
  text,
  values,
  words,
} from "./testing/contract.ts";

const anyParameter = values(["", 0.5, true, null, [], ["a", 1]], [{}, [null], [[1]], [true]]);
// Any name may be missing.
const parameter = {
  ...anyParameter,
  refused: anyParameter.refused.filter((value) => value !== undefined),
};

const path = values(["one/0123456789ab/a.bin", "a/b.json"], ["", "../a.bin", "/a.bin", "a.png"]);
const file = { file: path, byteLength: positive, sha256: hash };
const rowName = values(["cluster", "log_density"], ["", "Cluster", "a b", "1"]);

const described = {
  role: words("in-distribution", "out-of-distribution"),
  name: text,
  title: text,
  files: atLeast(0, { name: text, sha256: hash }),
};

const images: Contract = {
  ...described,
  kind: values(["images"], ["tables", ""]),
  source: text,
  licence: text,
  rows: { train: count, test: count },
  imageShape: { height: positive, width: positive },
  classNames: atLeast(1, text),
  maxValue: number,
};

const table: Contract = {
  ...described,
  kind: values(["table"], ["tables", ""]),
  rows: positive,
  fileRows: positive,
  columns: positive,
  missing: count,
  classes: count,
  classNames: atLeast(0, text),
  imageShape: values([{ height: 1, width: 2, channels: 3 }, null], [
    { height: 0, width: 2, channels: 3 },
    { height: 1, width: 2 },
    "?",
  ]),
  scale: words("standard", "robust", "none"),
  reading: values([{}, { label: "a", columns: ["a", "b"], sampleRows: 3 }], ["?", null, []]),
};

const envelope: Contract = {
  schemaVersion: values([schemaVersion], [schemaVersion - 1, schemaVersion + 1]),
  experiment: values(["one"], ["two", "", "toString"]),
  key: values(["0123456789abcdef", "f".repeat(64)], [
    "f".repeat(15),
    "f".repeat(65),
    "F".repeat(16),
  ]),
  options: {
    profile: words("quick", "full"),
    seed: count,
    dataset: {
      requested: words("auto", "mnist", "sample", "own"),
      used: words("mnist", "sample", "own"),
      reason: words(
        "asked-for",
        "found-in-data-dir",
        "found-in-cache",
        "found-installed",
        "downloaded",
        "mnist-unavailable",
      ),
    },
    parameters: values([{}], ["?", null, [], undefined]),
  },
  data: atLeast(1, images),
  provenance: {
    commit: orNull(
      values(["0123456789".repeat(4)], ["0".repeat(39), "0".repeat(41), "G".repeat(40)]),
    ),
    dirty: orNull(values([true, false], [0, "no"])),
    packageVersions: values([{}, { zod: "4" }], ["?", null, [], { zod: "" }]),
    deno: text,
    v8: text,
    backend: text,
    adapter: orNull(text),
    threads: positive,
    processor: { model: text, count: positive },
    os: text,
    startedAt: moment,
  },
  stages: atLeast(0, { name: text, elapsedMs: magnitude }),
  columns: atLeast(0, { name: rowName, kind: words("number", "text", "boolean"), content: file }),
  models: atLeast(0, { name: rowName, content: file }),
  payload: { rows: count },
};

const schemas = { one: z.strictObject({ rows: z.int().min(0) }) };

const schema = resultSchema("one", schemas.one);

/** Reads a result as `parseResult()` does, which makes its schema anew each time. */
function read(value: unknown): Result {
  const { success, data, error } = schema.safeParse(value, { reportInput: true });
  if (success) return data;
  throw mismatchOf("one.json", error);
}

Deno.test("resultSchema() keeps every field of the envelope, and refuses every damage by its place", () => {
  assertKeeps(envelope, read);
});

Deno.test("resultSchema() keeps what is said of a table, and refuses every damage by its place", () => {
  const whole = example(envelope) as object;
  const readTable = (value: unknown) => read({ ...whole, data: [value] }).data[0];
  assertKeeps(table, readTable, { under: "data[0]" });
});

Deno.test("resultSchema() takes parameters of text, numbers, booleans, null and lists, and no deeper", () => {
  assertKeeps(
    { a: parameter },
    (parameters) => {
      const whole = example(envelope) as { readonly options: object };
      const result = read({ ...whole, options: { ...whole.options, parameters } });
      return result.options.parameters;
    },
    { under: "options.parameters", open: true },
  );
});

Deno.test("parseResult() reads back what was written", () => {
  fc.assert(
    fc.property(meeting(envelope), (result) => {
      const written = JSON.stringify(result);
      assert.deepEqual(parseResult(written, { file: "one.json", schemas }), JSON.parse(written));
    }),
    { numRuns: 5 },
  );
});
