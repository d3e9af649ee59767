import { parseResult } from "@mixtape/results";
import assert from "node:assert/strict";

assert.throws(() => parseResult("{}", { file: "a.json", schemas: {} }), {
  name: "ResultMismatchError",
});
