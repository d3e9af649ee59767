import assert from "node:assert/strict";
import fc from "fast-check";
import { columnProducts, type HostMatrix, type MatrixValues } from "../mod.ts";
import { random } from "../random.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose, testRounds } from "../testing/mod.ts";

const kinds = [Uint8Array, Float32Array, Float64Array] as const;

const problems = fc.record({
  n: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1000, max: 1100 })),
  d: fc.integer({ min: 1, max: 23 }),
  kind: fc.constantFrom(...kinds),
  // Whole numbers within and beyond what bytes hold, and 16 bits the products of, and fractions.
  largest: fc.constantFrom(1, 127, 255, 2046, 2050, 32767, 0.5),
  seed: fc.integer({ min: 0, max: 999 }),
});

function rowsOf(n: number, d: number, values: MatrixValues): HostMatrix {
  return { values, shape: [n, d] };
}

/** Numbers about 3000, often as far from it as they can be. */
function drawn(length: number, kind: typeof kinds[number], largest: number, seed: number) {
  const source = random(seed);
  return kind.from(Array.from({ length }, () => {
    const side = source.integer(4);
    const away = side < 2 ? (2 * side - 1) * largest : largest * (2 * source.next() - 1);
    return 3000 + (largest < 1 ? away : Math.round(away));
  })) as MatrixValues;
}

function expectedOf({ values, shape: [n, d] }: HostMatrix): { means: number[]; scatter: number[] } {
  // What each addition rounds off is added at the end.
  const means = Array.from({ length: d }, (_, j) => {
    let sum = 0, rest = 0;
    for (let i = 0; i < n; i++) {
      const next = sum + values[i * d + j];
      const part = next - sum;
      rest += (sum - (next - part)) + (values[i * d + j] - part);
      sum = next;
    }
    return (sum + rest) / n;
  });
  const scatter = Array.from({ length: d * d }, (_, at) => {
    const [a, b] = [Math.floor(at / d), at % d];
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum += (values[i * d + a] - means[a]) * (values[i * d + b] - means[b]);
    }
    return sum;
  });
  return { means, scatter };
}

conform(
  "MixtapeMoments",
  "gives means and products of columns, of numbers of all kinds",
  async ({ cases }) => {
    const property = fc.asyncProperty(problems, async ({ n, d, kind, largest, seed }) => {
      const x = rowsOf(n, d, drawn(n * d, kind, largest, seed));
      const { means, scatter } = await columnProducts(x);
      const expected = expectedOf(x);
      assertAllClose(means, expected.means, { rtol: 1e-14 });
      const atol = 1e-13 * Math.max(...expected.scatter);
      for (let a = 0; a < d; a++) {
        const row = (of: ArrayLike<number>) => Array.from(of).slice(a * d, a * d + a + 1);
        assertAllClose(row(scatter), row(expected.scatter), { atol });
      }
    });
    await fc.assert(property, { numRuns: Math.min(cases, testRounds(20)), seed: 5 });
  },
);

conform("MixtapeMoments", "has no products of equal numbers", async () => {
  for (const value of [0.1, 7, 1e16 / 3]) {
    const x = rowsOf(70, 5, new Float64Array(350).fill(value));
    const { means, scatter } = await columnProducts(x);
    assert.deepEqual([...means], Array(5).fill(value));
    for (let a = 0; a < 5; a++) {
      for (let b = 0; b <= a; b++) assert.equal(Math.abs(scatter[5 * a + b]), 0);
    }
  }
});

for (const largest of [127, 255, 0.5]) {
  conformThreads("MixtapeMoments", async () => {
    const [n, d] = [2003, 531];
    const { means, scatter } = await columnProducts(
      rowsOf(n, d, drawn(n * d, Float32Array, largest, 1)),
    );
    for (let a = 0; a < d; a++) scatter.fill(0, a * d + a + 1, a * d + d);
    return { means, scatter };
  }, largest < 1 ? "of fractions" : `of whole numbers to ${largest} from the middle`);
}
