import assert from "node:assert/strict";
import { checkResult, parseResult, ResultMismatchError } from "./parse.ts";
import { exampleResult, exampleSchemas } from "./example_test.ts";

const file = "results/data.json";
const origin = { file, schemas: exampleSchemas };

/** The example with the value at `path` replaced. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(exampleResult) as unknown as Record<PropertyKey, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<PropertyKey, unknown>;
  at[path[path.length - 1]] = value;
  return copy;
}

Deno.test("parseResult() returns a conforming result unchanged", () => {
  assert.deepEqual(parseResult(JSON.stringify(exampleResult), origin), exampleResult);
});

Deno.test("parseResult() names the file when the text is not JSON", () => {
  assert.throws(
    () => parseResult("{", origin),
    /^SyntaxError: Cannot read results\/data.json: not/,
  );
});

const damages: [name: string, path: (string | number)[], value: unknown, message: string][] = [
  ["an unknown experiment", ["experiment"], "dat", "at experiment, expected one of data, other, "],
  ["another version", ["schemaVersion"], 1, "at schemaVersion, expected 3, got 1"],
  ["a missing field", ["payload", "sets", 0, "density"], undefined, "at payload.sets[0].density, "],
  ["a wrong type", ["payload", "sets", 0, "density"], "x", "expected number, "],
  ["a value out of range", ["payload", "sets", 0, "density"], 2, "got 2"],
  ["an unknown field", ["payload", "extra"], 1, 'at payload, unrecognized key: "extra"'],
  ["an image without its hash", ["payload", "sets", 0, "samples", "sha256"], undefined, "sha256, "],
  ["a path out of the folder", ["payload", "sets", 0, "samples", "file"], "../x.png", "PNG file"],
  ["an absolute path", ["payload", "sets", 0, "samples", "file"], "/x.png", "PNG file"],
];

for (const [name, path, value, message] of damages) {
  Deno.test(`checkResult() names the place and what was expected when given ${name}`, () => {
    assert.throws(() => checkResult(changed(path, value), origin), (error) => {
      assert(error instanceof ResultMismatchError);
      assert.equal(error.file, file);
      assert(error.message.startsWith(`Cannot read ${file}: at ${path[0]}`), error.message);
      assert(error.message.includes(message), error.message);
      return true;
    });
  });
}

Deno.test("checkResult() rejects a value that is not an object", () => {
  for (const value of [null, [], 1, "data", undefined]) {
    assert.throws(
      () => checkResult(value, origin),
      { name: "ResultMismatchError", file, path: "the top", expected: "expected an object" },
    );
  }
});

Deno.test("checkResult() says what was given, and nothing of an object", () => {
  const messages: [(string | number)[], unknown, string][] = [
    [["experiment"], undefined, "experiment, expected one of data, other, got undefined"],
    [["experiment"], "toString", 'experiment, expected one of data, other, got "toString"'],
    [
      ["provenance", "threads"],
      undefined,
      "provenance.threads, expected number, received undefined, got nothing",
    ],
    [["provenance", "commit"], "main", 'provenance.commit, expected a git commit, got "main"'],
    [
      ["data", 0, "rows", "test"],
      -1,
      "data[0].rows.test, too small: expected number to be >=0, got -1",
    ],
    [["stages"], { a: 1 }, "stages, expected array, received object"],
    [["key"], "0", 'key, expected 16 to 64 hexadecimal digits, got "0"'],
  ];
  for (const [path, value, message] of messages) {
    assert.throws(
      () => checkResult(changed(path, value), origin),
      { message: `Cannot read ${file}: at ${message}` },
    );
  }
});
