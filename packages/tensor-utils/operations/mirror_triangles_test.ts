import assert from "node:assert/strict";
import { inTurns } from "../paced_steps.ts";
import { symmetricInSteps } from "./mirror_triangles.ts";

Deno.test("symmetricInSteps() divides a lower triangle and mirrors it, whatever was above it", async () => {
  for (const d of [1, 2, 31, 32, 33, 70]) {
    const matrix = Float64Array.from(
      { length: d * d },
      (_, at) => at % d > Math.floor(at / d) ? NaN : at,
    );
    const given = matrix.slice();
    assert.equal(await inTurns(symmetricInSteps(matrix, d, 3)), matrix);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        assert.equal(matrix[i * d + j], given[i * d + j] / 3);
        assert.equal(matrix[j * d + i], given[i * d + j] / 3);
      }
    }
  }
});
