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
      requested: words("auto", "mnist", "sample"),
      used: words("mnist", "sample"),
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
  data: atLeast(1, {
    role: words("in-distribution", "out-of-distribution"),
    name: text,
    title: text,
    source: text,
    licence: text,
    files: atLeast(0, { name: text, sha256: hash }),
    rows: { train: count, test: count },
    imageShape: { height: positive, width: positive },
    classNames: atLeast(1, text),
    maxValue: number,
  }),
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
