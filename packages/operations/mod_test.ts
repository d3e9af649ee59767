import assert from "node:assert/strict";
import * as contract from "./mod.ts";

Deno.test("the contract is types alone: nothing of it is left at run time", () => {
  assert.deepEqual(Object.keys(contract), []);
});
