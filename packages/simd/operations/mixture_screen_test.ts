import assert from "node:assert/strict";
import type { MixtureShape, MixtureTerms } from "@mixtape/operations";
import { SimdRuntime } from "../runtime.ts";
import { openMixture } from "./mixture.ts";
import { mixtureLayout } from "./mixture_layout.ts";
import { screenOf } from "./mixture_screen.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

const shapes: readonly MixtureShape[] = [
  { block: "diagonal", shared: false },
  { block: "diagonal", shared: true },
  { block: "scalar", shared: false },
  { block: "scalar", shared: true },
];

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Distance of the means from 0, in standard deviations. */
  readonly spread: number;
  readonly offset?: number;
  readonly shape?: MixtureShape;
}

/** Rows around the means in turn, rounded to float32, and the mixture. */
function problemOf({ n, d, k, spread, offset = 0, shape = shapes[0] }: Problem) {
  const wave = (i: number) => Math.sin(i * i * 0.37 + 0.9 * i);
  const means = Float64Array.from({ length: k * d }, (_, at) => offset + spread * wave(at + 3));
  const values = Float32Array.from({ length: n * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    return means[(i % k) * d + j] + 1.4 * wave(7 * at + 1);
  });
  const length = shape.block === "scalar" ? 1 : d;
  const precisionFactors = Float64Array.from(
    { length: shape.shared ? length : k * length },
    (_, at) => 1 + 0.3 * wave(at),
  );
  const constants = Float64Array.from({ length: k }, (_, c) => -c / 3);
  return { values, terms: { k, constants, means, precisionFactors } satisfies MixtureTerms };
}

/** A step on the data as float32, which may leave out, and on the same numbers as float64, which does not. */
function bothSteps(runtime: SimdRuntime, problem: Problem, careful = false) {
  const { values, terms } = problemOf(problem);
  const { n: rows, d: columns, shape = shapes[0] } = problem;
  return [values, Float64Array.from(values)].map((values) => {
    const attrs = { values, rows, columns, shape };
    using session = openMixture({ inputs: {}, attrs, backend: { runtime } });
    return now(session.step(terms, { about: terms.means, careful }));
  });
}

Deno.test("MixtapeMixture leaves out by float32 only what counts as 0 in float64, to the last bit", () => {
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  // Columns around 2, 4 and 8, an odd and an even number of components, rows around 4, the sample and a block.
  for (const [d, k] of [[16, 4], [17, 5], [18, 4], [19, 5], [20, 7], [25, 6]]) {
    for (const n of [1, 2, 3, 5, 63, 66, 300, 513, 519]) {
      const [narrow, wide] = bothSteps(runtime, { n, d, k, spread: 1.5 });
      assert.deepEqual(narrow, wide, `${n} x ${d}, ${k} components`);
    }
  }
  for (const shape of shapes) {
    for (const spread of [0, 0.3, 0.8, 1.2, 2, 5, 50]) {
      for (const careful of [false, true]) {
        const [narrow, wide] = bothSteps(runtime, { n: 600, d: 18, k: 5, spread, shape }, careful);
        assert.deepEqual(narrow, wide, `${shape.block}, spread ${spread}`);
      }
    }
  }
});

Deno.test("MixtapeMixture allows for float32's rounding of means far from 0", () => {
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  for (const offset of [1e4, -1e6, 3e6, 1e7, 1e14]) {
    const [narrow, wide] = bothSteps(runtime, { n: 520, d: 17, k: 5, spread: 1.5, offset });
    assert.deepEqual(narrow, wide, `offset ${offset}`);
  }
});

Deno.test("MixtapeMixture with diagonals gives a step the same bits whatever came before", () => {
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  for (const shape of shapes) {
    // Groups that are apart, that overlap, and that do neither.
    for (const spread of [4, 0.1, 1.2]) {
      const problem = { n: 1100, d: 17, k: 5, spread, shape };
      const { values, terms } = problemOf(problem);
      for (const data of [values, Float64Array.from(values)]) {
        const attrs = { values: data, rows: problem.n, columns: problem.d, shape };
        const open = () => openMixture({ inputs: {}, attrs, backend: { runtime } });
        using session = open();
        // The second change turns groups around, the third is too large for bounds.
        for (const [turn, scale] of [[0, 1], [0, 1.01], [1, 1.01], [1, 5], [0, 5.1], [0, 4]]) {
          const length = terms.means.length;
          const means = terms.means.map((_, at) => terms.means[(at + turn * problem.d) % length]);
          const precisionFactors = terms.precisionFactors.map((w) => w * scale);
          const next = { ...terms, means: means.map((mean) => mean * scale), precisionFactors };
          for (const careful of [false, true]) {
            using fresh = open();
            const choice = { about: next.means, careful };
            assert.deepEqual(
              now(session.step(next, choice)),
              now(fresh.step(next, choice)),
              `${shape.block} ${shape.shared}, spread ${spread}, scale ${scale}`,
            );
          }
        }
      }
    }
  }
});

Deno.test("screenOf() declines few columns, few components, matrices and what float32 cannot hold", () => {
  const screen = (change: Partial<Problem>, scale = 1, shape = shapes[0]) => {
    const problem = { n: 8, d: 16, k: 4, spread: 1, ...change };
    const { terms } = problemOf(problem);
    const scaled = {
      ...terms,
      means: terms.means.map((mean) => mean / scale),
      precisionFactors: terms.precisionFactors.map((w) => w * scale),
    };
    return screenOf(scaled, mixtureLayout(problem.n, problem.d, shape));
  };
  assert.notEqual(screen({}), undefined);
  assert.notEqual(screen({}, 1e14), undefined);
  assert.notEqual(screen({}, 1e-14), undefined);
  assert.equal(screen({ d: 15 }), undefined);
  assert.equal(screen({ k: 3 }), undefined);
  assert.equal(screen({ d: 2 ** 16 + 1 }), undefined);
  assert.equal(screen({}, 1, { block: "matrix", shared: true }), undefined);
  assert.equal(screen({}, 1e16), undefined);
  assert.equal(screen({ spread: 0 }, 1e16), undefined);
  assert.equal(screen({ spread: 0 }, 1e-16), undefined);
  assert.equal(screen({ offset: 2e15 }), undefined);
  assert.equal(screen({ offset: -2e15 }), undefined);
});

Deno.test("screenOf() bounds the rounding of lengths to float32", () => {
  const d = 18;
  const { values, terms } = problemOf({ n: 40, d, k: 5, spread: 2, offset: 1e5 });
  const { packed, roundings } = screenOf(terms, mixtureLayout(40, d, shapes[0]))!;
  for (let i = 0; i < 40; i++) {
    for (let c = 0; c < 5; c++) {
      let [narrow, exact] = [0, 0];
      for (let j = 0; j < d; j++) {
        const x = values[i * d + j];
        const at = 8 * (5 * c + (j >> 2)) + (j & 3);
        const y = Math.fround(packed[at + 4] * Math.fround(x - packed[at]));
        narrow = Math.fround(narrow + Math.fround(y * y));
        exact += (terms.precisionFactors[c * d + j] * (x - terms.means[c * d + j])) ** 2;
      }
      const length = Math.fround(Math.sqrt(narrow));
      assert.ok((length - roundings[c]) * roundings[5 + c] <= Math.sqrt(exact));
      assert.ok((length + roundings[c]) * roundings[10 + c] >= Math.sqrt(exact));
    }
  }
});
