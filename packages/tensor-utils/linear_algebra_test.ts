import assert from "node:assert/strict";
import fc from "fast-check";
import { pacedSymmetricEigen, symmetricEigen } from "./eigen.ts";
import {
  cholesky,
  choleskyInSteps,
  invertLower,
  logDeterminant,
  NotPositiveDefiniteError,
  solveLower,
  solveLowerTransposed,
} from "./linear_algebra.ts";
import { inTurns } from "./paced_steps.ts";
import { random } from "./random.ts";
import { assertAllClose, testSeed } from "./testing/mod.ts";

/** A·Aᵀ + I/10 for a random A: symmetric positive definite. */
function positiveDefinite(seed: number, d: number): Float64Array {
  const source = random(seed);
  const a = Float64Array.from({ length: d * d }, () => source.normal());
  const product = multiply(a, transpose(a, d), d);
  for (let i = 0; i < d; i++) product[i * d + i] += 0.1;
  return product;
}

function multiply(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const c = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let p = 0; p < d; p++) {
      for (let j = 0; j < d; j++) c[i * d + j] += a[i * d + p] * b[p * d + j];
    }
  }
  return c;
}

function transpose(a: Float64Array, d: number): Float64Array {
  return a.map((_, i) => a[(i % d) * d + Math.floor(i / d)]);
}

function identity(d: number): Float64Array {
  return new Float64Array(d * d).map((_, i) => i % (d + 1) === 0 ? 1 : 0);
}

const anyCase = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 24 }));

Deno.test("cholesky() gives a factor whose square is the matrix", () => {
  fc.assert(
    fc.property(anyCase, ([seed, d]) => {
      const a = positiveDefinite(seed, d);
      const l = cholesky(a, d);
      assertAllClose(multiply(l, transpose(l, d), d), a, { rtol: 1e-12, atol: 1e-11 });
    }),
    { seed: 1 },
  );
});

Deno.test("choleskyInSteps() gives the bits of cholesky(), and names the same pivot", async () => {
  for (const d of [1, 7, 300]) {
    const a = new Float64Array(d * d).fill(0.5);
    for (let i = 0; i < d; i++) a[i * d + i] = 2 + i % 3;
    assert.deepEqual(await inTurns(choleskyInSteps(a, d)), cholesky(a, d));
    a[d * d - 1] = -1;
    await assert.rejects(async () => await inTurns(choleskyInSteps(a, d)), {
      name: "NotPositiveDefiniteError",
      pivot: d - 1,
    });
  }
});

Deno.test("cholesky() names the pivot of a matrix that is not positive definite", () => {
  const error = new NotPositiveDefiniteError(1, -3);
  assert.throws(() => cholesky(new Float64Array([1, 2, 2, 1]), 2), error);
  assert.equal(
    error.message,
    "Cannot factorise the matrix: pivot 1 is -3, a positive definite matrix is needed",
  );
  assert.throws(() => cholesky(new Float64Array(4), 2), new NotPositiveDefiniteError(0, 0));
  assert.throws(() => cholesky(new Float64Array([NaN]), 1), NotPositiveDefiniteError);
});

Deno.test("the triangular solves and the inverse undo the factor", () => {
  fc.assert(
    fc.property(anyCase, ([seed, d]) => {
      const a = positiveDefinite(seed, d);
      const l = cholesky(a, d);
      const x = Float64Array.from({ length: d }, (_, i) => i - d / 3);
      const b = new Float64Array(d);
      for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) b[i] += a[i * d + j] * x[j];
      const solved = solveLowerTransposed(l, solveLower(l, b, d), d);
      assertAllClose(solved, x, { rtol: 1e-7, atol: 1e-7 });
      assertAllClose(multiply(l, invertLower(l, d), d), identity(d), { atol: 1e-9 });
    }),
    { seed: 1 },
  );
});

Deno.test("logDeterminant() is the sum of the log-eigenvalues", () => {
  fc.assert(
    fc.property(anyCase, ([seed, d]) => {
      const a = positiveDefinite(seed, d);
      const expected = symmetricEigen(a, d).values.reduce((sum, value) => sum + Math.log(value), 0);
      assertAllClose([logDeterminant(cholesky(a, d), d)], [expected], { rtol: 1e-9, atol: 1e-9 });
    }),
    { seed: 1 },
  );
});

Deno.test("symmetricEigen() gives orthonormal vectors that rebuild the matrix", () => {
  fc.assert(
    fc.property(anyCase, fc.constantFrom(1e-290, 1e-150, 1, 1e150, 1e290), ([seed, d], scale) => {
      const a = positiveDefinite(seed, d).map((value) => value * scale);
      const { values, vectors } = symmetricEigen(a, d);
      assertAllClose(multiply(vectors, transpose(vectors, d), d), identity(d), { atol: 1e-12 });
      const scaled = vectors.map((value, i) => value * values[Math.floor(i / d)]);
      const largest = Math.abs(values[0]);
      assertAllClose(multiply(transpose(vectors, d), scaled, d), a, { atol: 1e-12 * largest });
      assert.ok(values.every((value, i) => i === 0 || value <= values[i - 1]));
    }),
    { seed: 1 },
  );
});

Deno.test("symmetricEigen() handles zeros, a diagonal, repeated values and one dimension", () => {
  assert.deepEqual(symmetricEigen(new Float64Array(9), 3).values, new Float64Array(3));
  assert.deepEqual([...symmetricEigen(new Float64Array([-2]), 1).values], [-2]);
  assertAllClose(symmetricEigen(identity(4), 4).values, [1, 1, 1, 1], { rtol: 1e-15 });
  const diagonal = new Float64Array([1, 0, 0, 0, 3, 0, 0, 0, 2]);
  assertAllClose(symmetricEigen(diagonal, 3).values, [3, 2, 1], { rtol: 1e-15 });
});

Deno.test("symmetricEigen() gives as many vectors as it is asked for, to the bits that they have among all", () => {
  const sizes = [[1, 1], [2, 1], [9, 4], [30, 7], [30, 30], [30, 0]] as const;
  for (const [d, count] of sizes) {
    // Grows along the diagonal, so that vectors fade out, and repeats itself, so that eigenvalues are 0.
    const a = positiveDefinite(testSeed(), d).map((value, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      return value * 2 ** -(i + j);
    });
    for (let j = 0; j < d; j++) a[(d - 1) * d + j] = a[j * d + d - 1] = 0;
    const all = symmetricEigen(a, d);
    assert.deepEqual(symmetricEigen(a, d, { vectors: count }), {
      values: all.values,
      vectors: all.vectors.slice(0, count * d),
    });
  }
  for (const vectors of [-1, 3, 0.5]) {
    assert.throws(() => symmetricEigen(identity(2), 2, { vectors }), {
      name: "RangeError",
      message: /^Cannot use vectors: /,
    });
  }
});

Deno.test("symmetricEigen() gives orthonormal vectors of eigenvalues that are repeated, or 0", () => {
  const source = random(testSeed());
  for (
    const [d, wanted] of [[24, [2, 1, 0]], [40, [1, 1e-12, 0]], [9, [5, 5 - 1e-14, -5]]] as const
  ) {
    // Columns of a product of reflections, and eigenvalues in turn.
    let q = identity(d);
    for (let turn = 0; turn < d; turn++) {
      const u = Float64Array.from({ length: d }, () => source.normal());
      const squares = u.reduce((sum, value) => sum + value * value, 0);
      const mirror = identity(d).map((value, at) =>
        value - 2 * u[Math.floor(at / d)] * u[at % d] / squares
      );
      q = multiply(q, mirror, d);
    }
    const scaled = q.map((value, at) => value * wanted[(at % d) % wanted.length]);
    const a = multiply(scaled, transpose(q, d), d);
    for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) a[i * d + j] = a[j * d + i];
    const { values, vectors } = symmetricEigen(a, d);
    assertAllClose(multiply(vectors, transpose(vectors, d), d), identity(d), { atol: 1e-13 });
    const expected = Float64Array.from({ length: d }, (_, i) => wanted[i % wanted.length])
      .sort().reverse();
    assertAllClose(values, expected, { atol: 1e-13 * d });
    const rebuilt = vectors.map((value, at) => value * values[Math.floor(at / d)]);
    assertAllClose(multiply(transpose(vectors, d), rebuilt, d), a, { atol: 1e-13 * d });
  }
});

Deno.test("symmetricEigen() gives orthonormal vectors where reflections leave rounding of rounding", () => {
  // The tridiagonal matrix has numbers down to 5e-324.
  for (const [d, scale] of [[60, 1], [64, 1], [100, -3], [64, 1e-160]]) {
    const { values, vectors } = symmetricEigen(new Float64Array(d * d).fill(scale), d);
    assertAllClose(multiply(vectors, transpose(vectors, d), d), identity(d), { atol: 1e-13 });
    const expected = new Float64Array(d);
    expected[scale > 0 ? 0 : d - 1] = d * scale;
    assertAllClose(values, expected, { atol: 1e-13 * d * Math.abs(scale) });
  }
});

Deno.test("pacedSymmetricEigen() gives the bits of symmetricEigen(), at any scale", async () => {
  for (const [d, scale] of [[1, 1], [7, 1], [30, 1], [7, 1e-170], [7, 1e200]]) {
    const a = positiveDefinite(d, d).map((value) => value * scale);
    assert.deepEqual(await pacedSymmetricEigen(a, d), symmetricEigen(a, d));
  }
  await assert.rejects(pacedSymmetricEigen(Float64Array.of(NaN), 1), RangeError);
});

Deno.test("pacedSymmetricEigen() ends at any of its steps at which its signal is aborted", async () => {
  const d = 12;
  const a = positiveDefinite(1, d);
  const { now } = performance;
  try {
    // The event loop turns at each step.
    let clock = 0;
    performance.now = () => clock += 30;
    let turned = false;
    setImmediate(() => turned = true);
    await pacedSymmetricEigen(a, d);
    assert.ok(turned);
    const reason = new TypeError("enough");
    for (const at of [0, 1, d, 2 * d, 3 * d]) {
      const controller = new AbortController();
      const pending = pacedSymmetricEigen(a, d, { signal: controller.signal });
      for (let turn = 0; turn < at; turn++) await new Promise((next) => setImmediate(next));
      controller.abort(reason);
      await assert.rejects(pending, (error) => error === reason);
    }
  } finally {
    performance.now = now;
  }
});

Deno.test("symmetricEigen() refuses eigenvalues beyond float64", () => {
  const large = new Float64Array(4).fill(1.5e308);
  assert.throws(() => symmetricEigen(large, 2), { message: /largest eigenvalue exceeds 1.8e308/ });
  const tiny = symmetricEigen(new Float64Array(4).fill(5e-324), 2);
  assert.deepEqual([...tiny.values].map(Math.abs), [1e-323, 0]);
});

Deno.test("cholesky() refuses a pivot that is not finite", () => {
  const a = Float64Array.of(Infinity, 0, 0, 1);
  assert.throws(() => cholesky(a, 2), { name: "NotPositiveDefiniteError", pivot: 0 });
});

Deno.test("symmetricEigen() refuses NaN instead of running for ever", () => {
  const result = () => symmetricEigen(new Float64Array([1, NaN, NaN, 1]), 2);
  assert.throws(result, RangeError);
});
