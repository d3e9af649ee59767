import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { squaredProjections } from "./principal_axes.ts";

Deno.test("squaredProjections() adds up squared dot products with any number of axes", async () => {
  const [rows, d] = [3, 11];
  const source = random(0);
  const draw = (count: number) => Float64Array.from({ length: count }, () => source.normal());
  const [x, axes] = [draw(rows * d), draw(d * d)];
  for (let count = 0; count <= d; count++) {
    const expected = Float64Array.from({ length: rows }, (_, i) => {
      let sum = 0;
      for (let axis = 0; axis < count; axis++) {
        let dot = 0;
        for (let j = 0; j < d; j++) dot += axes[axis * d + j] * x[i * d + j];
        sum += dot ** 2;
      }
      return sum;
    });
    const actual = await squaredProjections(x, rows, axes.slice(0, count * d), d);
    assertAllClose(actual, expected, { rtol: 1e-12 });
  }
});
