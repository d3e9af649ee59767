import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import type { SimdBackend } from "../backend.ts";
import { SimdRuntime } from "../runtime.ts";
import { mixtureKernels } from "./mixture.ts";
import type { Covariance, PlainMoments } from "./mixture_layout.ts";
import type { MovingMixture } from "./mixture_moves.ts";

interface Terms extends MovingMixture {
  readonly constants: Float64Array;
}

interface Session extends Disposable {
  moments(given: Float64Array, about: Float64Array): PlainMoments;
  step(terms: Terms, options: { about: Float64Array; careful: boolean }): PlainMoments;
  logDensity(terms: Terms): Float64Array;
  responsibilities(terms: Terms): Float64Array;
}

const covariances = ["full", "tied", "diagonal", "spherical"] as const;
const [rows, columns, k] = [1100, 9, 3];

function runtimeOf(setting: { threads?: number; shared?: boolean; relaxed?: boolean } = {}) {
  return new SimdRuntime({ threads: 2, shared: true, relaxed: true, ...setting });
}

function open(runtime: SimdRuntime, covariance: Covariance, wide = true): Session {
  const values = wide ? wave(rows * columns, 0) : Float32Array.from(wave(rows * columns, 0));
  const attrs = { values, rows, columns, covariance };
  const backend = { runtime } as SimdBackend;
  return mixtureKernels[0].kernelFunc({ inputs: {}, attrs, backend }) as Session;
}

function stepOf(session: Session, terms: Terms): PlainMoments {
  return session.step(terms, { about: terms.means, careful: false });
}

function wave(length: number, phase: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 1.5 * Math.sin(i * i * 0.37 + i + phase));
}

function termsOf(covariance: Covariance, shift = 0): Terms {
  const count = { full: k, tied: 1, diagonal: k, spherical: k }[covariance];
  const size = covariance === "spherical" ? 1 : columns;
  const matrix = covariance === "full" || covariance === "tied";
  const precisionFactors = new Float64Array(count * size * (matrix ? size : 1));
  for (let i = 0; i < precisionFactors.length; i++) {
    const [row, column] = [Math.floor(i / columns) % columns, i % columns];
    if (!matrix || row === column) precisionFactors[i] = 5 + i % 3 + shift;
    else if (column < row) precisionFactors[i] = Math.cos(i);
  }
  return {
    k,
    constants: Float64Array.of(0, -0.5, -1),
    means: wave(k * columns, 1 + shift),
    precisionFactors,
  };
}

for (const covariance of covariances) {
  Deno.test(`MixtapeMixture gives the same bits on any threads and memory, ${covariance}`, () => {
    const results = [{ threads: 1 }, { threads: 2 }, { threads: 3 }, { threads: 1, shared: false }]
      .map((setting) => {
        const runtime = runtimeOf(setting);
        using session = open(runtime, covariance);
        const steps = [0, 0.01, 0.02].map((shift) => stepOf(session, termsOf(covariance, shift)));
        const scores = session.logDensity(termsOf(covariance));
        const parts = session.responsibilities(termsOf(covariance));
        const given = session.moments(parts, termsOf(covariance).means);
        runtime.stop();
        return { steps, scores, parts, given };
      });
    for (const result of results) assert.deepEqual(result, results[0]);
  });

  Deno.test(`MixtapeMixture agrees with and without fused multiply-add, ${covariance}`, () => {
    const [fused, separate] = [true, false].map((relaxed) => {
      const runtime = runtimeOf({ threads: 1, relaxed });
      using session = open(runtime, covariance);
      const { logLikelihood, counts, scatter } = stepOf(session, termsOf(covariance));
      return { logLikelihood, counts, scatter };
    });
    assertAllClose([separate.logLikelihood], [fused.logLikelihood], { rtol: 1e-6 });
    assertAllClose(separate.counts, fused.counts, { rtol: 1e-5 });
    assertAllClose(separate.scatter, fused.scatter, { rtol: 1e-4, atol: 1e-3 });
  });

  Deno.test(`MixtapeMixture gives back its memory, ${covariance}`, () => {
    const runtime = runtimeOf({ threads: 1 });
    const { memory } = runtime;
    const before = memory.heldRegions;
    const session = open(runtime, covariance);
    stepOf(session, termsOf(covariance));
    const held = memory.heldRegions;
    for (let i = 0; i < 20; i++) {
      stepOf(session, termsOf(covariance, i / 100));
      session.logDensity(termsOf(covariance));
      const parts = session.responsibilities(termsOf(covariance));
      session.moments(parts, termsOf(covariance).means);
    }
    assert.equal(memory.heldRegions, held);
    session[Symbol.dispose]();
    assert.equal(memory.heldRegions, before);
  });
}

Deno.test("MixtapeMixture starts over when the number of components changes", () => {
  const runtime = runtimeOf({ threads: 1 });
  using session = open(runtime, "full");
  const three = termsOf("full");
  const first = stepOf(session, three);
  const two: Terms = {
    ...three,
    k: 2,
    constants: three.constants.slice(0, 2),
    means: three.means.slice(0, 2 * columns),
    precisionFactors: three.precisionFactors.slice(0, 2 * columns * columns),
  };
  using other = open(runtime, "full");
  assert.deepEqual(stepOf(session, two), stepOf(other, two));
  assert.deepEqual(stepOf(session, three), first);
});
