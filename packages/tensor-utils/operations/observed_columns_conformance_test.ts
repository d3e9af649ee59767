import assert from "node:assert/strict";
import fc from "fast-check";
import { type MatrixValues, observedColumns } from "../mod.ts";
import { random } from "../random.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose } from "../testing/mod.ts";

const problems = fc.record({
  n: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(4200)),
  d: fc.integer({ min: 1, max: 23 }),
  kind: fc.constantFrom(Uint8Array, Float32Array, Float64Array),
  seed: fc.integer({ min: 0, max: 999 }),
});

/** Numbers of which some are NaN, if the kind has it, and others masked. */
function entriesOf(
  n: number,
  d: number,
  kind: Uint8ArrayConstructor | Float32ArrayConstructor | Float64ArrayConstructor,
  seed: number,
) {
  const source = random(seed);
  const draw = () => source.next() < 0.2 ? NaN : 250 * source.next();
  const values = kind.from(Array.from({ length: n * d }, draw)) as MatrixValues;
  const missing = Uint8Array.from({ length: n * d }, () => Number(source.next() < 0.1));
  return { x: { values, shape: [n, d] as const }, missing };
}

conform(
  "MixtapeObserved",
  "marks NaN beside what is masked, counts them and adds up the others",
  async ({ cases }) => {
    const property = fc.asyncProperty(problems, async ({ n, d, kind, seed }) => {
      const { x, missing } = entriesOf(n, d, kind, seed);
      const { values } = x;
      const expected = missing.map((mask, at) => mask || Number(Number.isNaN(values[at])));
      const { sums, gone } = await observedColumns({ x, missing });
      assert.deepEqual(missing, expected);
      const columns = Array.from({ length: d }, (_, j) => j);
      const ofColumn = (j: number) => Array.from({ length: n }, (_, i) => i * d + j);
      assert.deepEqual(
        [...gone],
        columns.map((j) => ofColumn(j).filter((at) => expected[at]).length),
      );
      const plain = columns.map((j) =>
        ofColumn(j).reduce((sum, at) => expected[at] ? sum : sum + values[at], 0)
      );
      assertAllClose(sums, plain, { rtol: 1e-12 });
    });
    await fc.assert(property, { numRuns: Math.min(cases, 15), seed: 9 });
  },
);

conformThreads("MixtapeObserved", async () => {
  const entries = entriesOf(9001, 130, Float32Array, 4);
  return { ...await observedColumns(entries), missing: entries.missing };
});
