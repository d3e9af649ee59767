import assert from "node:assert/strict";
import type { MixtureTerms } from "@mixtape/operations";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { openMixture } from "./mixture.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();

const own = { block: "matrix", shared: false } as const;
const wave = (i: number) => Math.sin(i * i * 0.37 + 0.9 * i);
const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });

function open(values: Float32Array | Float64Array, rows: number, columns: number) {
  const attrs = { values, rows, columns, shape: own };
  return openMixture({ inputs: {}, attrs, backend: { runtime } });
}

function valuesOf(n: number, d: number): Float32Array {
  return Float32Array.from({ length: n * d }, (_, at) => 2 * wave(at));
}

/** A mixture whose means and factors have moved by `shift`. */
function termsOf(d: number, k: number, shift = 0): MixtureTerms {
  return {
    k,
    constants: Float64Array.from({ length: k }, (_, c) => -c / 3),
    means: Float64Array.from({ length: k * d }, (_, at) => wave(at + 3) + shift),
    precisionFactors: Float64Array.from({ length: k * d * d }, (_, at) => {
      const [i, j] = [Math.floor(at / d) % d, at % d];
      if (j > i) return 0;
      return i === j ? 1 + 0.3 * wave(at) + shift : wave(at) / d;
    }),
  };
}

/** log Σ exp(constant - |W (x - mean)|² / 2) of a row. */
function plainDensity(x: Float32Array, { k, constants, means, precisionFactors }: MixtureTerms) {
  const d = x.length;
  const joint = Array.from({ length: k }, (_, c) => {
    let square = 0;
    for (let i = 0; i < d; i++) {
      let y = 0;
      for (let j = 0; j <= i; j++) {
        y += precisionFactors[(c * d + i) * d + j] * (x[j] - means[c * d + j]);
      }
      square += y * y;
    }
    return constants[c] - square / 2;
  });
  const largest = Math.max(...joint);
  return largest + Math.log(joint.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

Deno.test("MixtapeMixture scores few columns, of either width, as the formula does", () => {
  for (const d of [1, 2, 3, 4]) {
    for (const n of [1, 2, 3, 511, 515]) {
      const values = valuesOf(n, d);
      const terms = termsOf(d, 3);
      const expected = Array.from(
        { length: n },
        (_, i) => plainDensity(values.subarray(i * d, i * d + d), terms),
      );
      for (const data of [values, Float64Array.from(values)]) {
        using session = open(data, n, d);
        assertAllClose(now(session.logDensity(terms)), expected, { rtol: 1e-13, atol: 1e-13 });
      }
    }
  }
});

/** Rows, few columns and components, after a chunk of whose rows one, two or three are left over. */
const fewColumns = [1, 2, 3].flatMap((d) => [1025, 1026, 1027].map((n) => [n, d, 2]));

Deno.test("MixtapeMixture adds up slots of any length in their order", () => {
  for (const [n, d, k] of [[1700, 4, 1], [1700, 45, 1], [1700, 46, 2], ...fewColumns]) {
    const values = valuesOf(n, d);
    const given = Float64Array.from({ length: n * k }, (_, at) => 0.5 + 0.4 * wave(at));
    using session = open(values, n, d);
    const { counts, sums, scatter } = now(session.moments(given, new Float64Array(k * d)));
    const expected = {
      counts: new Float64Array(k),
      sums: sums.map(() => 0),
      scatter: scatter.map(() => 0),
    };
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < k; c++) {
        const r = given[i * k + c];
        expected.counts[c] += r;
        for (let a = 0; a < d; a++) {
          expected.sums[c * d + a] += r * values[i * d + a];
          for (let b = 0; b <= a; b++) {
            expected.scatter[(c * d + a) * d + b] += r * values[i * d + a] * values[i * d + b];
          }
        }
      }
    }
    assertAllClose(counts, expected.counts, { rtol: 1e-12 });
    assertAllClose(sums, expected.sums, { rtol: 1e-11, atol: 1e-11 * n });
    assertAllClose(scatter, expected.scatter, { rtol: 1e-11, atol: 1e-11 * n });
  }
});

Deno.test("MixtapeMixture adds nothing for rows that lie beyond float64 from a component", () => {
  for (const d of [1, 2, 3, 4]) {
    const values = new Float64Array(3 * d).fill(1.7e308).fill(-1.7e308, d);
    const factor = Float64Array.from({ length: d * d }, (_, at) => at % (d + 1) ? 0 : 1e-300);
    using session = open(values, 3, d);
    const terms = {
      k: 2,
      constants: new Float64Array(2),
      means: new Float64Array(2 * d).fill(1.7e308).fill(-1.7e308, d),
      precisionFactors: Float64Array.of(...factor, ...factor),
    };
    const moments = now(session.step(terms, { about: terms.means, careful: false }));
    assert.deepEqual([...moments.counts], [1, 2]);
    assert.ok([...moments.sums, ...moments.scatter].every((sum) => sum === 0));
  }
});

Deno.test("MixtapeMixture gives a step the same bits whatever came before, from 32 columns on", () => {
  const [n, k] = [530, 4];
  for (const d of [31, 32, 35]) {
    const values = valuesOf(n, d);
    using session = open(values, n, d);
    for (const shift of [0, 1e-4, 0.003, 0.05, 0.02]) {
      const terms = termsOf(d, k, shift);
      const choice = { about: terms.means, careful: false };
      using fresh = open(values, n, d);
      assert.deepEqual(
        now(session.step(terms, choice)),
        now(fresh.step(terms, choice)),
        `${d}, ${shift}`,
      );
    }
  }
});

/** Does work while each look at the clock finds that much time went by: the caller leaves wherever it can. */
function inSmallestPieces<Value>(work: () => Value): Value {
  let time = 0;
  Object.defineProperty(performance, "now", { value: () => time += 100, configurable: true });
  try {
    return work();
  } finally {
    delete (performance as Partial<Performance>).now;
  }
}

Deno.test("MixtapeMixture gives the same bits wherever the caller left a chunk of many columns", () => {
  const [n, k] = [530, 2];
  for (const d of [71, 260]) {
    for (const values of [valuesOf(n, d), Float64Array.from(valuesOf(n, d))]) {
      const given = Float64Array.from({ length: n * k }, (_, at) => 0.5 + 0.4 * wave(at));
      const results = () => {
        using session = open(values, n, d);
        const terms = [0, 1e-4].map((shift) => termsOf(d, k, shift));
        return [
          ...terms.map((own) => now(session.step(own, { about: own.means, careful: false }))),
          now(session.moments(given, new Float64Array(k * d))),
          now(session.logDensity(terms[0])),
          now(session.responsibilities(terms[0])),
        ];
      };
      assert.deepEqual(inSmallestPieces(results), results(), `${d}`);
    }
  }
});
