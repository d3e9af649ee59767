import assert from "node:assert/strict";
import { float64Product, invertLower, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { atOnce } from "../steps.ts";
import { invertTriangle } from "./invert_triangle.ts";

function triangle(d: number): Float64Array {
  const source = random(d);
  return Float64Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    if (j > i) return 0;
    return i === j ? 1 + source.next() : source.normal() / Math.sqrt(d);
  });
}

Deno.test("invertTriangle() inverts by halves what a plain loop inverts, of any size", async () => {
  for (const backend of ["cpu", "simd"] as const) {
    await useBackend(backend);
    for (const d of [1, 2, 63, 64, 65, 66, 129, 131]) {
      const l = triangle(d);
      const inverse = atOnce(invertTriangle(l, d));
      assertAllClose(inverse, invertLower(l, d), { rtol: 1e-12, atol: 1e-13 });
      const product = float64Product({ a: l, b: inverse, m: d, n: d, k: d });
      for (let at = 0; at < d * d; at++) {
        const [i, j] = [Math.floor(at / d), at % d];
        if (j > i) assert.equal(inverse[at], 0);
        assert.ok(Math.abs(product[at] - Number(i === j)) < 1e-13, `${d}: row ${i}, column ${j}`);
      }
    }
  }
});
