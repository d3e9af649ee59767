import assert from "node:assert/strict";
import fc from "fast-check";
import type { MixtureShape } from "@mixtape/operations";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { moveAlgebra } from "./mixture_algebra.ts";
import { movesBetween, type MovingMixture } from "./mixture_moves.ts";

guardMemory();

const d = 4;
const own: MixtureShape = { block: "matrix", shared: false };
const small = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const vector = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
  minLength: d,
  maxLength: d,
});

function mixtureOf(mean: readonly number[], factor: readonly number[]): MovingMixture {
  return { k: 1, means: Float64Array.from(mean), precisionFactors: Float64Array.from(factor) };
}

function factorOf(changes: readonly number[]): number[] {
  return changes.map((change, at) => {
    const [row, column] = [Math.floor(at / d), at % d];
    if (column > row) return 0;
    return (row === column ? 1 + row : Math.cos(at)) + change;
  });
}

function whitenedLength(x: readonly number[], mean: readonly number[], factor: Float64Array) {
  let sum = 0;
  for (let i = 0; i < d; i++) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += factor[i * d + j] * (x[j] - mean[j]);
    sum += y * y;
  }
  return Math.sqrt(sum);
}

Deno.test("movesBetween() bounds whitened lengths from both sides", () => {
  const changes = fc.array(small, { minLength: d * d, maxLength: d * d });
  fc.assert(
    fc.property(vector, vector, vector, changes, (x, from, to, change) => {
      const before = mixtureOf(from, factorOf(change.map(() => 0)));
      const after = mixtureOf(to, factorOf(change));
      const moves = movesBetween(before, after, d, own);
      if (!moves) return;
      const [move, shrink, grow] = moves;
      const length = whitenedLength(x, from, before.precisionFactors);
      const next = whitenedLength(x, to, after.precisionFactors);
      assert.ok((length - move) * shrink <= next + 1e-9, `${length} ${next} ${moves}`);
      assert.ok((length + move) * grow >= next - 1e-9, `${length} ${next} ${moves}`);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("movesBetween() bounds lengths whitened by diagonals from both sides", () => {
  const deviations = fc.array(fc.double({ min: 0.5, max: 4, noNaN: true }), {
    minLength: d,
    maxLength: d,
  });
  const changes = fc.array(fc.double({ min: 0.6, max: 1.8, noNaN: true }), {
    minLength: d,
    maxLength: d,
  });
  for (const block of ["diagonal", "scalar"] as const) {
    const factorOf = (values: readonly number[]) => block === "scalar" ? [values[0]] : values;
    const lengthOf = (x: readonly number[], { means, precisionFactors }: MovingMixture) =>
      Math.hypot(...x.map((value, j) => {
        return precisionFactors[j % precisionFactors.length] * (value - means[j]);
      }));
    fc.assert(
      fc.property(vector, vector, vector, deviations, changes, (x, from, to, w, change) => {
        const before = mixtureOf(from, factorOf(w));
        const after = mixtureOf(to, factorOf(w.map((value, j) => value * change[j])));
        const [move, shrink, grow] = movesBetween(before, after, d, { block, shared: false })!;
        const [length, next] = [lengthOf(x, before), lengthOf(x, after)];
        assert.ok(
          (length - move) * shrink <= next + 1e-9,
          `${length} ${next} ${[move, shrink, grow]}`,
        );
        assert.ok(
          (length + move) * grow >= next - 1e-9,
          `${length} ${next} ${[move, shrink, grow]}`,
        );
        assert.ok(grow < 1.81 && shrink > 0.59);
      }),
      { seed: 1, numRuns: 300 },
    );
    const [one, other] = [1, 3].map((w) => mixtureOf([0, 0, 0, 0], factorOf([w, w, w, w])));
    assert.equal(movesBetween(one, other, d, { block, shared: false }), undefined);
  }
});

Deno.test("movesBetween() finds almost nothing to move where nothing changed", () => {
  const mixture = mixtureOf([1, 2, 3, 4], factorOf(new Array(d * d).fill(0)));
  const [move, shrink, grow] = movesBetween(mixture, mixture, d, own)!;
  assert.ok(move < 1e-9 && Math.abs(shrink - 1) < 1e-4 && Math.abs(grow - 1) < 1e-4);
});

Deno.test("movesBetween() gives up where another mixture begins", () => {
  const one = mixtureOf([0, 0, 0, 0], factorOf(new Array(d * d).fill(0)));
  const wide = { ...one, precisionFactors: one.precisionFactors.map((value) => value * 3) };
  assert.equal(movesBetween(one, wide, d, own), undefined);
  assert.equal(movesBetween(one, { ...one, k: 2 }, d, own), undefined);
});

Deno.test("movesBetween() by kernels is as by loops, with the same bits on any threads", () => {
  const runtimes = [1, 2].map((threads) =>
    new SimdRuntime({ threads, shared: true, relaxed: true, worthWaking: 0 })
  );
  for (
    const [d, k, shared] of [[1, 2, false], [5, 3, false], [38, 3, false], [33, 2, true]] as const
  ) {
    const shape: MixtureShape = { block: "matrix", shared };
    const at = (phase: number): MovingMixture => ({
      k,
      means: Float64Array.from({ length: k * d }, (_, i) => Math.sin(i + phase)),
      precisionFactors: Float64Array.from({ length: (shared ? 1 : k) * d * d }, (_, i) => {
        const [row, column] = [Math.floor(i / d) % d, i % d];
        if (column > row) return 0;
        return row === column ? 2 + row % 3 + phase : Math.cos(i) / d + phase / d;
      }),
    });
    const expected = movesBetween(at(0), at(0.01), d, shape)!;
    const [one, two] = runtimes.map((runtime) =>
      movesBetween(at(0), at(0.01), d, shape, moveAlgebra(runtime))!
    );
    assertAllClose(one, expected, { rtol: 1e-6 });
    assert.deepEqual(two, one);
  }
  runtimes.forEach((runtime) => runtime.stop());
});
