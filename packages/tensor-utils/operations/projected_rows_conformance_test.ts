import assert from "node:assert/strict";
import fc from "fast-check";
import { type MatrixValues, projectedRows } from "../mod.ts";
import { random } from "../random.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose } from "../testing/mod.ts";

const problems = fc.record({
  n: fc.integer({ min: 0, max: 300 }),
  d: fc.integer({ min: 1, max: 40 }),
  k: fc.integer({ min: 0, max: 9 }),
  kind: fc.constantFrom(Uint8Array, Float32Array, Float64Array),
  seed: fc.integer({ min: 0, max: 999 }),
});

function problemOf(
  n: number,
  d: number,
  k: number,
  kind: Uint8ArrayConstructor | Float32ArrayConstructor | Float64ArrayConstructor,
  seed: number,
) {
  const source = random(seed);
  const values = kind.from(
    Array.from({ length: n * d }, () => 200 * source.next()),
  ) as MatrixValues;
  const means = Float64Array.from({ length: d }, () => 200 * source.next());
  const directions = Float64Array.from({ length: k * d }, () => source.normal());
  return { x: { values, shape: [n, d] as const }, means, directions };
}

conform(
  "MixtapeProjection",
  "gives coordinates along directions, row by row",
  async ({ cases }) => {
    const property = fc.asyncProperty(problems, async ({ n, d, k, kind, seed }) => {
      const problem = problemOf(n, d, k, kind, seed);
      const { x: { values }, means, directions } = problem;
      const found = await projectedRows(problem);
      const expected = Array.from({ length: n * k }, (_, at) => {
        const [i, c] = [Math.floor(at / k), at % k];
        return means.reduce(
          (sum, mean, j) => sum + (values[i * d + j] - mean) * directions[c * d + j],
          0,
        );
      });
      assertAllClose(found, expected, { rtol: 1e-12, atol: 1e-10 });
      if (n === 0) return;
      const x = { values: values.slice(-d), shape: [1, d] as const };
      const last = await projectedRows({ ...problem, x });
      assert.deepEqual(last, found.slice(found.length - k));
    });
    await fc.assert(property, { numRuns: cases, seed: 7 });
  },
);

conformThreads("MixtapeProjection", async () => {
  return await projectedRows(problemOf(1501, 530, 13, Float32Array, 2));
});
