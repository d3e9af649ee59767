import assert from "node:assert/strict";
import { parseSelection } from "./selection.ts";
import {
  assertKeeps,
  atLeast,
  count,
  hash,
  orNull,
  text,
  values,
  words,
} from "./testing/contract.ts";

Deno.test("parseSelection() keeps every field, and refuses every damage by its place", () => {
  assertKeeps({
    schemaVersion: values([1], [0, 2]),
    data: words("exhibit", "own"),
    files: atLeast(0, { name: text, sha256: hash }),
    leftOut: atLeast(0, {
      experiment: text,
      need: words("exhibit", "own-data", "labels", "images", "foreign", "missing", "rows"),
      least: orNull(count),
    }),
  }, (value) => parseSelection(JSON.stringify(value ?? null), { file: "selection.json" }));
});

Deno.test("parseSelection() refuses what is not JSON", () => {
  assert.throws(
    () => parseSelection("{", { file: "a/selection.json" }),
    /^SyntaxError: Cannot read a\/selection\.json: not JSON, /,
  );
});
