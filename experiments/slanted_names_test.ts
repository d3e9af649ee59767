import assert from "node:assert/strict";
import { areSlanted } from "./slanted_names.ts";

Deno.test("areSlanted() is true for more than four names of which one has more than four letters", () => {
  assert.equal(areSlanted(["1", "2", "3", "4", "fives"]), true);
  assert.equal(areSlanted(["fives", "fives", "fives", "fives"]), false);
  assert.equal(areSlanted(["four", "four", "four", "four", "four"]), false);
});
