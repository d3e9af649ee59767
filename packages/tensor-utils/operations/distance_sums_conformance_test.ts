import fc from "fast-check";
import type { DistanceSumsAttributes } from "@mixtape/operations";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose, normalMatrix } from "../testing/mod.ts";
import { openDistanceSums } from "./distance_sums.ts";

async function sumsOf(attributes: DistanceSumsAttributes): Promise<Float64Array[]> {
  using session = openDistanceSums(attributes);
  while (await session.advance());
  return await session.sums();
}

/** The sums by definition; `hypot` holds where squares vanish. */
function plainSums({ x: { values, shape: [n, d] }, labelings }: DistanceSumsAttributes) {
  const distance = (i: number, j: number) =>
    Math.hypot(...Array.from({ length: d }, (_, p) => values[i * d + p] - values[j * d + p]));
  return labelings.map(({ labels, clusters }) => {
    const sums = new Float64Array(n * clusters);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) sums[i * clusters + labels[j]] += distance(i, j);
    }
    return sums;
  });
}

function problem(n: number, d: number, clusters: readonly number[], unit = 1) {
  const { values, shape } = normalMatrix(n + d, n, d);
  return {
    x: { values: values.map((value) => unit * value), shape },
    labelings: clusters.map((k, at) => ({
      labels: Int32Array.from({ length: n }, (_, i) => (i * i + at) % k),
      clusters: k,
    })),
  };
}

// Blocks of the kernel have 64 rows, in panels of 4: their edges, an odd and an even number of blocks.
const rows = [1, 3, 4, 5, 63, 64, 65, 128, 129, 193];

conform(
  "MixtapeDistanceSums",
  "adds up the distances by definition, at edges of blocks",
  async () => {
    for (const n of rows) {
      const attributes = problem(n, n % 7 + 1, [n % 5 + 1]);
      assertAllClose((await sumsOf(attributes))[0], plainSums(attributes)[0], { rtol: 1e-12 });
    }
  },
);

conform(
  "MixtapeDistanceSums",
  "adds up for several divisions at once, of any data",
  async ({ cases }) => {
    const problems = fc.record({
      n: fc.integer({ min: 1, max: 70 }),
      d: fc.integer({ min: 1, max: 6 }),
      clusters: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      unit: fc.constantFrom(1, 2 ** 399, 1e-150, 1e-230, 1e-310),
      ties: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(problems, async ({ n, d, clusters, unit, ties }) => {
        const { x, labelings } = problem(n, d, clusters);
        const values = Float64Array.from(
          x.values,
          (value, at) => ties && at % 3 > 0 ? Math.round(value) : unit * value,
        );
        const attributes = { x: { values, shape: x.shape }, labelings };
        const [found, expected] = [await sumsOf(attributes), plainSums(attributes)];
        found.forEach((sums, at) => {
          assertAllClose(sums, expected[at], { rtol: 1e-11, atol: 1e-318 });
        });
      }),
      { numRuns: cases, seed: 4 },
    );
  },
);

conform("MixtapeDistanceSums", "takes numbers of any kind", async () => {
  const bytes = Uint8Array.from({ length: 70 * 3 }, (_, i) => i * i % 256);
  const labelings = problem(70, 3, [4]).labelings;
  for (const values of [bytes, Float32Array.from(bytes), Float64Array.from(bytes)]) {
    const attributes = { x: { values, shape: [70, 3] as const }, labelings };
    assertAllClose((await sumsOf(attributes))[0], plainSums(attributes)[0], { rtol: 1e-13 });
  }
});

conformThreads("MixtapeDistanceSums", () => sumsOf(problem(700, 9, [5, 3])));
