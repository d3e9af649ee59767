import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { squaredProjections } from "./principal_axes.ts";

Deno.test("squaredProjections() adds up squared dot products with any range of axes", () => {
  const [rows, d] = [3, 11];
  const source = random(0);
  const draw = (count: number) => Float64Array.from({ length: count }, () => source.normal());
  const [x, axes] = [draw(rows * d), draw(d * d)];
  for (let from = 0; from <= d; from++) {
    for (let to = from; to <= d; to++) {
      const expected = Float64Array.from({ length: rows }, (_, i) => {
        let sum = 0;
        for (let axis = from; axis < to; axis++) {
          let dot = 0;
          for (let j = 0; j < d; j++) dot += axes[axis * d + j] * x[i * d + j];
          sum += dot ** 2;
        }
        return sum;
      });
      assertAllClose(squaredProjections(x, rows, axes, d, from, to), expected, { rtol: 1e-12 });
    }
  }
  assert.deepEqual([...squaredProjections(x, 1, axes, d, 4, 4)], [0]);
});
