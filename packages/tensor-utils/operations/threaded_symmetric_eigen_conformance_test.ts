import assert from "node:assert/strict";
import fc from "fast-check";
import { symmetricEigen, threadedSymmetricEigen } from "../mod.ts";
import { random } from "../random.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose } from "../testing/mod.ts";

const problems = fc.record({
  d: fc.integer({ min: 1, max: 40 }),
  // Rows of which the products are summed: with few, eigenvalues are 0.
  rank: fc.integer({ min: 0, max: 60 }),
  scale: fc.constantFrom(1e-290, 1e-150, 1, -1, 1e150, 1e290),
  blocks: fc.boolean(),
  seed: fc.integer({ min: 0, max: 999 }),
});

/** Sums of products of random rows; where there are blocks, those of two halves of the columns are 0. */
function symmetric(d: number, rank: number, blocks: boolean, seed: number): Float64Array {
  const source = random(seed);
  const rows = Float64Array.from({ length: rank * d }, () => source.normal());
  return Float64Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    if (blocks && (i < d / 2) !== (j < d / 2)) return 0;
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += rows[r * d + i] * rows[r * d + j];
    return sum;
  });
}

conform(
  "MixtapeTridiagonal",
  "gives orthonormal eigenvectors, as many as are asked for",
  async ({ cases }) => {
    const property = fc.asyncProperty(problems, async ({ d, rank, scale, blocks, seed }) => {
      const a = symmetric(d, rank, blocks, seed).map((value) => value * scale);
      const given = a.slice();
      const { values, vectors } = await threadedSymmetricEigen(a, d);
      assert.deepEqual(a, given);
      const expected = symmetricEigen(a, d).values;
      const largest = Math.max(...expected.map(Math.abs));
      assertAllClose(values, expected, { atol: 1e-14 * d * largest });
      assert.ok(values.every((value, i) => i === 0 || value <= values[i - 1]));
      for (let r = 0; r < d; r++) {
        const u = vectors.subarray(r * d, r * d + d);
        for (let s = 0; s <= r; s++) {
          const along = u.reduce((sum, entry, j) => sum + entry * vectors[s * d + j], 0);
          assert.ok(Math.abs(along - Number(r === s)) < 1e-13 * d, `${r}, ${s}: ${along}`);
        }
        for (let i = 0; i < d; i++) {
          const image = u.reduce((sum, entry, j) => sum + entry * a[i * d + j], 0);
          assert.ok(Math.abs(image - values[r] * u[i]) <= 1e-13 * d * largest, `${r}, ${i}`);
        }
      }
      const count = seed % (d + 1);
      const some = await threadedSymmetricEigen(a, d, { vectors: count });
      assert.deepEqual(some, { values, vectors: vectors.slice(0, count * d) });
    });
    await fc.assert(property, { numRuns: cases, seed: 3 });
  },
);

conform(
  "MixtapeTridiagonal",
  "refuses what it cannot decompose, and ends where its signal is aborted",
  async () => {
    await assert.rejects(threadedSymmetricEigen(Float64Array.of(NaN), 1), RangeError);
    await assert.rejects(threadedSymmetricEigen(new Float64Array(4).fill(1.5e308), 2), RangeError);
    await assert.rejects(
      threadedSymmetricEigen(new Float64Array(4), 2, { vectors: 3 }),
      RangeError,
    );
    const reason = new TypeError("enough");
    const signal = AbortSignal.abort(reason);
    const pending = threadedSymmetricEigen(symmetric(30, 40, false, 1), 30, { signal });
    await assert.rejects(pending, (error) => error === reason);
  },
);

conformThreads(
  "MixtapeTridiagonal",
  () => threadedSymmetricEigen(symmetric(190, 190, false, 4), 190, { vectors: 37 }),
);
