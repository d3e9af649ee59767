import assert from "node:assert/strict";
import fc from "fast-check";
import { cholesky, inverseFactors, invertLower } from "../mod.ts";
import { random } from "../random.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { testRounds, testSeed } from "../testing/mod.ts";

/** Positive definite matrices: products of random rows, and something on the diagonal. */
function positive(d: number, count: number, scale = 1): Float64Array {
  const source = random(testSeed());
  const matrices = new Float64Array(count * d * d);
  for (let first = 0; first < matrices.length; first += d * d) {
    const rows = Float64Array.from({ length: 3 * d }, () => source.normal());
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = i === j ? 1 + source.next() : 0;
        for (let row = 0; row < rows.length; row += d) sum += rows[row + i] * rows[row + j];
        matrices[first + i * d + j] = matrices[first + j * d + i] = scale * sum;
      }
    }
  }
  return matrices;
}

const problems = fc.record({
  d: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 81, max: 140 })),
  count: fc.integer({ min: 1, max: 4 }),
  scale: fc.constantFrom(1, 1e-200, 1e200),
});

conform("MixtapeInverseFactors", "inverts the factors of all matrices, of any size", async () => {
  const property = fc.asyncProperty(problems, async ({ d, count, scale }) => {
    const matrices = positive(d, count, scale);
    const given = matrices.slice();
    const { factors, failures } = await inverseFactors({ matrices, d });
    assert.deepEqual(matrices, given);
    assert.deepEqual([...failures], Array(count).fill(-1));
    for (let first = 0; first < matrices.length; first += d * d) {
      const expected = invertLower(cholesky(matrices.subarray(first, first + d * d), d), d);
      for (let at = 0; at < d * d; at++) {
        const error = Math.abs(factors[first + at] - expected[at]);
        assert.ok(error <= 1e-13 * d * expected[Math.floor(at / d) * (d + 1)], `${d}: ${at}`);
        if (at % d > Math.floor(at / d)) assert.equal(factors[first + at], 0);
      }
    }
  });
  await fc.assert(property, { numRuns: testRounds(20), seed: 5 });
});

conform("MixtapeInverseFactors", "names the first pivot of each matrix that fails", async () => {
  for (const d of [3, 32, 65, 100]) {
    const count = 5;
    const matrices = positive(d, count);
    const pivots = [d - 1, -1, 0, Math.floor(d / 2), -1];
    const bad = [-1, 1, NaN, 0, 1];
    pivots.forEach((row, c) => {
      for (const later of row < 0 ? [] : [row, d - 1]) {
        matrices[c * d * d + later * (d + 1)] = bad[c];
      }
    });
    const { factors, failures } = await inverseFactors({ matrices, d });
    assert.deepEqual([...failures], pivots);
    const alone = await inverseFactors({ matrices: matrices.slice(d * d, 2 * d * d), d });
    assert.deepEqual(factors.slice(d * d, 2 * d * d), alone.factors);
    const endless = positive(d, 1);
    endless[d * d - 1] = Infinity;
    assert.deepEqual([...(await inverseFactors({ matrices: endless, d })).failures], [d - 1]);
  }
});

conform("MixtapeInverseFactors", "ends where its signal is aborted", async () => {
  const reason = new TypeError("enough");
  const controller = new AbortController();
  const [d, count] = [400, 40];
  const matrices = new Float64Array(count * d * d);
  for (let row = 0; row < count * d; row++) matrices[row * d + row % d] = 2;
  const pending = inverseFactors({ matrices, d, signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(async () => await pending, (error) => error === reason);
});

conformThreads("MixtapeInverseFactors", () => {
  return inverseFactors({ matrices: positive(203, 3), d: 203 });
});
