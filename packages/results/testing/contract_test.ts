import assert from "node:assert/strict";
import { ResultMismatchError } from "../parse.ts";
import { assertKeeps, atLeast, count, share } from "./contract.ts";

Deno.test("assertKeeps() fails for a reader that accepts too much, too little, or blames another place", () => {
  const contract = { a: count, b: atLeast(1, share) };
  assert.throws(() => assertKeeps(contract, (value) => value), /Missing expected exception/);
  const refuse = () => {
    throw new ResultMismatchError("f", "a", "nothing");
  };
  assert.throws(() => assertKeeps(contract, refuse), /refused at a/);
  assert.throws(() => assertKeeps(count, () => 2), /: 0/);
});
