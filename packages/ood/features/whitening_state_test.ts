import assert from "node:assert/strict";
import { whiteningState } from "./whitening_state.ts";

const check = (...values: number[]) =>
  whiteningState(["classes", "d", "d"])
    .check(Float64Array.from(values), "state.whitenings", new Map([["d", 2]]));

Deno.test("whiteningState() takes lower triangles with a positive diagonal, in every matrix", () => {
  assert.deepEqual(check(1, 0, -5, 2, 3, 0, 0, 4).length, 8);
  for (
    const [values, at] of [
      [[1, 0.5, -5, 2, 3, 0, 0, 4], 1],
      [[1, 0, -5, 2, 3, -7, 0, 4], 5],
      [[0, 0, -5, 2, 3, 0, 0, 4], 0],
      [[1, 0, -5, 2, 3, 0, 0, -4], 7],
    ] as const
  ) {
    assert.throws(() => check(...values), {
      name: "RangeError",
      message: `Cannot use state.whitenings: element ${at} is ${values[at]}, zeros above the ` +
        "diagonal and positive numbers on it are needed",
    });
  }
});
