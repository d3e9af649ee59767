import assert from "node:assert/strict";
import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { ComponentCollapseError } from "../component_collapse_error.ts";
import { covarianceShapes } from "./shapes.ts";

const { full } = covarianceShapes;

Deno.test("covarianceShapes.full.precisionFactors() inverts all blocks as one by one, and names the first that cannot be", async () => {
  for (const backend of ["cpu", "simd"] as const) {
    await useBackend(backend);
    for (const d of [2, 40]) {
      const [k, size] = [3, d * d];
      const blocks = Float64Array.from({ length: k * size }, (_, at) => {
        const [i, j] = [Math.floor(at % size / d), at % d];
        return i === j ? 2 + Math.floor(at / size) : 1 / (1 + Math.abs(i - j)) / 9;
      });
      const factors = await full.precisionFactors!(blocks, d);
      for (let c = 0; c < k; c++) {
        const alone = full.precisionFactor(blocks.slice(c * size, (c + 1) * size), d, c);
        assertAllClose(factors.slice(c * size, (c + 1) * size), alone, { atol: 1e-14 });
      }
      const collapsing = async (row: number, pivot: number) => {
        const flat = blocks.slice();
        for (const c of [1, 2]) {
          for (let j = 0; j < d; j++) {
            flat[c * size + row * d + j] = flat[c * size + j * d + row] = 0;
          }
          flat[c * size + row * (d + 1)] = pivot;
        }
        return await full.precisionFactors!(flat, d);
      };
      for (const row of [0, d - 1]) {
        await assert.rejects(() => collapsing(row, 0), (error) => {
          return error instanceof ComponentCollapseError && error.component === 1;
        });
      }
      // Two columns that are the same but for 1e-11 of their variance.
      const twins = blocks.slice(0, size);
      for (let j = 0; j < d; j++) twins[d + j] = twins[j * d + 1] = twins[j];
      twins[0] = twins[1] = twins[d] = 2;
      twins[d + 1] = 2 * (1 + 1e-11);
      await assert.rejects(async () => await full.precisionFactors!(twins, d), /column 1 depends/);
    }
  }
  await useBackend("cpu");
});
