import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose, clusteredRows, type RowKind, source } from "../testing/mod.ts";
import { distance } from "../distances.ts";
import { pointDistances } from "./point_distances.ts";

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly kind: RowKind;
  readonly magnitude: number;
  readonly offset: number;
  readonly seed: number;
}

/** Sizes around those of a tile (4 or 6), of a block (24) and of nothing in particular. */
const size = fc.oneof(
  fc.constantFrom(1, 3, 4, 5, 6, 7, 23, 24, 25),
  fc.integer({ min: 1, max: 50 }),
);

const anyProblem: fc.Arbitrary<Problem> = fc.record({
  n: size,
  d: size,
  k: size,
  kind: fc.constantFrom<RowKind>("float32", "float64", "bytes", "grid"),
  magnitude: fc.constantFrom(1e-200, 1e-30, 1, 1e30, 1e200),
  offset: fc.constantFrom(0, 1, 1e4),
  seed: fc.integer({ min: 0, max: 99 }),
});

/** Points near rows, one in two of which is a row. */
function pose({ n, d, k, kind, magnitude, offset, seed }: Problem) {
  const finite = kind === "float32" ? Math.min(Math.max(magnitude, 1e-30), 1e30) : magnitude;
  const x: HostMatrix = {
    values: clusteredRows(kind, n, d, seed, { magnitude: finite, offset }),
    shape: [n, d],
  };
  const next = source(seed + 1);
  const values = Float64Array.from({ length: k * d }, (_, at) => {
    const j = Math.floor(at / d);
    const value = x.values[j * 7 % n * d + at % d];
    return j % 2 ? value : value * (1 + 1e-5 * next());
  });
  return { x, points: { values, shape: [k, d] } as const };
}

conform("MixtapeDistances", "gives the distances of float64 differences", async ({ cases }) => {
  const property = fc.asyncProperty(anyProblem, async (problem) => {
    const { x, points } = pose(problem);
    const { n, d, k } = problem;
    const { values } = await pointDistances(x, points);
    assert.equal(values.length, n * k);
    // Squares rounded to float32 cost half a unit in the last place, the root another half.
    const isSingle = x.values instanceof Float32Array;
    assert.equal(values.constructor, isSingle ? Float32Array : Float64Array);
    const rounding = { rtol: isSingle ? 2 ** -23 : 10 * (d + 8) * 2 ** -52 };
    const expected = Float64Array.from(
      values,
      (_, at) => distance(x, Math.floor(at / k), points, at % k),
    );
    assertAllClose(values, expected, rounding);
    expected.forEach((value, at) => value === 0 && assert.equal(values[at], 0));
  });
  await fc.assert(property, { seed: 3, numRuns: cases + 10 });
});

conform("MixtapeDistances", "measures where squares overflow or vanish", async () => {
  const x: HostMatrix = { values: Float64Array.of(1e200, -1e200, 1e-200, 0, 1, 2), shape: [3, 2] };
  const points = { values: Float64Array.of(0, 0, 1e200, -1e200), shape: [2, 2] } as const;
  const { values } = await pointDistances(x, points);
  const far = Math.SQRT2 * 1e200;
  assertAllClose(values, [far, 0, 1e-200, far, Math.sqrt(5), far], { rtol: 1e-15 });
});

conform("MixtapeDistances", "rounds to float32 what float32 holds, at any scale", async () => {
  // Nine columns of points, so that the last lies beyond a vector of four.
  for (const unit of [1e-38, 1e-30, 1e-19, 1, 1e19, 1e37]) {
    const values = Float32Array.from([3, 4, 0, 0, -3, -4], (value) => unit * value);
    const points = Float64Array.from({ length: 18 }, (_, at) => values[at % 6] * 2 ** (at % 3));
    const x: HostMatrix = { values, shape: [3, 2] };
    const matrix = { values: points, shape: [9, 2] } as const;
    const { values: actual } = await pointDistances(x, matrix);
    const expected = Float64Array.from(
      actual,
      (_, at) => distance(x, Math.floor(at / 9), matrix, at % 9),
    );
    assertAllClose(actual, expected, { rtol: 2 ** -23, atol: 2 ** -149 });
  }
  const far: HostMatrix = { values: Float32Array.of(3e38, -3e38), shape: [2, 1] };
  const points = { values: Float64Array.of(far.values[0], 0), shape: [2, 1] } as const;
  await assert.rejects(pointDistances(far, points), {
    name: "RangeError",
    message: /^Cannot compute distances: it exceeds 3.4e38, the largest float32, divide x/,
  });
});

conform(
  "MixtapeDistances",
  "refuses numbers that are not finite, and names the first",
  async () => {
    const points = { values: new Float64Array(6), shape: [3, 2] } as const;
    for (const array of [Float32Array, Float64Array]) {
      for (const bad of [NaN, Infinity, -Infinity]) {
        const values = new array(90).fill(1);
        values[63] = values[70] = bad;
        await assert.rejects(pointDistances({ values, shape: [45, 2] }, points), {
          name: "RangeError",
          message: new RegExp(`the value in row 31, column 1 is ${bad}`),
        });
      }
    }
  },
);

conform("MixtapeDistances", "reads the data before it returns its promise", async () => {
  const points = { values: new Float64Array(2), shape: [1, 2] } as const;
  const values = Float32Array.of(3, 4);
  const promise = pointDistances({ values, shape: [1, 2] }, points);
  values.fill(7);
  assert.deepEqual([...(await promise).values], [5]);
});

conform(
  "MixtapeDistances",
  "reads data whose squares overflow before it returns its promise",
  async () => {
    const points = { values: new Float64Array(2), shape: [1, 2] } as const;
    const values = Float64Array.of(3e200, 4e200);
    const promise = pointDistances({ values, shape: [1, 2] }, points);
    values.fill(7);
    assertAllClose((await promise).values, [5e200], { rtol: 1e-15 });
  },
);

conformThreads("MixtapeDistances", async () => {
  const [n, d, k] = [3000, 33, 50];
  const x: HostMatrix = { values: clusteredRows("float32", n, d, 9), shape: [n, d] };
  const points = { values: Float64Array.from(x.values.subarray(0, k * d)), shape: [k, d] } as const;
  return (await pointDistances(x, points)).values;
});
