import assert from "node:assert/strict";
import type { MixtureMoments, MixtureShape, MixtureTerms } from "@mixtape/operations";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { openMixture } from "./mixture.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();

type Session = ReturnType<typeof openMixture>;

const blocks = ["matrix", "diagonal", "scalar"] as const;
const shapes: readonly MixtureShape[] = blocks.flatMap((block) =>
  [false, true].map((shared) => ({ block, shared }))
);
const own: MixtureShape = { block: "matrix", shared: false };
const [rows, columns, k] = [1100, 9, 3];

function runtimeOf(setting: { threads?: number; shared?: boolean; relaxed?: boolean } = {}) {
  return new SimdRuntime({ threads: 2, shared: true, relaxed: true, worthWaking: 0, ...setting });
}

function open(runtime: SimdRuntime, shape: MixtureShape, wide = true): Session {
  const values = wide ? wave(rows * columns, 0) : Float32Array.from(wave(rows * columns, 0));
  const attrs = { values, rows, columns, shape };
  return openMixture({ inputs: {}, attrs, backend: { runtime } });
}

function stepOf(session: Session, terms: MixtureTerms): MixtureMoments {
  return now(session.step(terms, { about: terms.means, careful: false }));
}

function wave(length: number, phase: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 1.5 * Math.sin(i * i * 0.37 + i + phase));
}

function termsOf(shape: MixtureShape, shift = 0): MixtureTerms {
  const size = { matrix: columns ** 2, diagonal: columns, scalar: 1 }[shape.block];
  const matrix = shape.block === "matrix";
  const precisionFactors = new Float64Array(shape.shared ? size : k * size);
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

for (const shape of shapes) {
  const named = shape.shared ? `${shape.block} for all` : `${shape.block} per component`;

  Deno.test(`MixtapeMixture gives the same bits on any threads and memory, ${named}`, () => {
    const results = [{ threads: 1 }, { threads: 2 }, { threads: 3 }, { threads: 1, shared: false }]
      .map((setting) => {
        const runtime = runtimeOf(setting);
        using session = open(runtime, shape);
        const steps = [0, 0.01, 0.02].map((shift) => stepOf(session, termsOf(shape, shift)));
        const scores = now(session.logDensity(termsOf(shape)));
        const parts = now(session.responsibilities(termsOf(shape)));
        const given = now(session.moments(parts, termsOf(shape).means));
        runtime.stop();
        return { steps, scores, parts, given };
      });
    for (const result of results) assert.deepEqual(result, results[0]);
  });

  Deno.test(`MixtapeMixture agrees with and without fused multiply-add, ${named}`, () => {
    const [fused, separate] = [true, false].map((relaxed) => {
      const runtime = runtimeOf({ threads: 1, relaxed });
      using session = open(runtime, shape);
      const { logLikelihood, counts, scatter } = stepOf(session, termsOf(shape));
      return { logLikelihood, counts, scatter };
    });
    assertAllClose([separate.logLikelihood], [fused.logLikelihood], { rtol: 1e-6 });
    assertAllClose(separate.counts, fused.counts, { rtol: 1e-5 });
    assertAllClose(separate.scatter, fused.scatter, { rtol: 1e-4, atol: 1e-3 });
  });

  Deno.test(`MixtapeMixture gives back its memory, ${named}`, () => {
    const runtime = runtimeOf({ threads: 1 });
    const { memory } = runtime;
    const before = memory.heldRegions;
    const session = open(runtime, shape);
    stepOf(session, termsOf(shape));
    const held = memory.heldRegions;
    for (let i = 0; i < 20; i++) {
      stepOf(session, termsOf(shape, i / 100));
      now(session.logDensity(termsOf(shape)));
      const parts = now(session.responsibilities(termsOf(shape)));
      now(session.moments(parts, termsOf(shape).means));
    }
    assert.equal(memory.heldRegions, held);
    session[Symbol.dispose]();
    assert.equal(memory.heldRegions, before);
  });
}

Deno.test("MixtapeMixture starts over when the number of components changes", () => {
  const runtime = runtimeOf({ threads: 1 });
  using session = open(runtime, own);
  const three = termsOf(own);
  const first = stepOf(session, three);
  const two: MixtureTerms = {
    ...three,
    k: 2,
    constants: three.constants.slice(0, 2),
    means: three.means.slice(0, 2 * columns),
    precisionFactors: three.precisionFactors.slice(0, 2 * columns * columns),
  };
  using other = open(runtime, own);
  assert.deepEqual(stepOf(session, two), stepOf(other, two));
  assert.deepEqual(stepOf(session, three), first);
});
