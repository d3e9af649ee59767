import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import {
  assertAllClose,
  clusteredRows,
  source,
  stepWithLabels,
} from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../../runtime.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { openLloyd } from "../lloyd.ts";

guardMemory();

const runtimes = [1, 2].map((threads) => {
  return new SimdRuntime({ threads, shared: true, relaxed: true, worthWaking: 0 });
});

/** Adds up numbers of rows by cluster and column. */
function sumsBy(
  labels: Int32Array,
  d: number,
  k: number,
  number: (i: number, p: number) => number,
): Float64Array {
  const sums = new Float64Array(k * d);
  for (let i = 0; i < labels.length; i++) {
    for (let p = 0; p < d; p++) sums[labels[i] * d + p] += number(i, p);
  }
  return sums;
}

Deno.test("MixtapeLloyd keeps the digits of sums that rows far out leave, on any number of threads", async () => {
  const n = 300;
  for (
    const [d, k, kind, weighted, many] of [
      [1, 2, "float64", false, false],
      [1, 3, "float32", true, false],
      [2, 40, "float32", false, true],
      [3, 3, "float64", true, true],
      [8, 12, "float64", false, false],
      [64, 40, "float32", false, true],
      [70, 3, "sparse float32", true, true],
      [800, 12, "sparse float32", false, false],
      [130, 260, "float32", false, true],
    ] as const
  ) {
    for (const factor of [1e6, 1e9, 1e12, 1e15]) {
      const values = clusteredRows(kind, n, d, d, { offset: -2 });
      // Opposite rows hide each other in sums.
      for (const [i, sign] of [[7, 1], [8, -1], ...(many ? [[150, 1], [299, 1]] : [])]) {
        for (let p = 0; p < d; p++) values[i * d + p] = sign * factor * (1 + p);
      }
      const next = source(k);
      const weights = weighted ? Float64Array.from({ length: n }, () => 3 * next()) : undefined;
      weights?.fill(factor, 20, 21);
      const x: HostMatrix = { values, shape: [n, d] };
      const near = Float64Array.from(values.slice(30 * d, (30 + k) * d), (v) => v + next() / 8);
      const away = near.slice();
      away.set(values.subarray(7 * d, 8 * d), (k - 1) * d);
      if (k > 2) away.set(values.subarray(8 * d, 9 * d), (k - 2) * d);
      const without = near.slice();
      without.set(values.subarray(20 * d, 21 * d), 0);
      const sessions = runtimes.map((runtime) => {
        return openLloyd({ inputs: {}, attrs: { x, sampleWeight: weights }, backend: { runtime } });
      });
      for (const centroids of [near, away, near, without, away]) {
        const steps = [];
        for (const session of sessions) steps.push(await stepWithLabels(session, centroids));
        const [{ labels, sums, counts }, other] = steps;
        assert.deepEqual(other, steps[0]);
        const weightOf = (i: number) => weights?.[i] ?? 1;
        const term = (i: number, p: number) => weightOf(i) * values[i * d + p];
        const expected = sumsBy(labels, d, k, term);
        const sizes = sumsBy(labels, d, k, (i, p) => Math.abs(term(i, p)));
        for (let j = 0; j < k; j++) {
          const [first, end] = [j * d, (j + 1) * d];
          const most = sizes.subarray(first, end).reduce((a, b) => Math.max(a, b), 0);
          for (let at = first; at < end; at++) {
            // Columns that may be 0 are held against the others.
            const size = kind === "sparse float32" ? most : sizes[at];
            const error = Math.abs(sums[at] - expected[at]);
            assert.ok(error <= 1e-10 * size, `${kind}, ${d}, ${k}, ${factor}: ${error} of ${size}`);
          }
        }
        assertAllClose(counts, sumsBy(labels, 1, k, weightOf), { rtol: 1e-10 });
      }
      sessions.forEach((session) => session[Symbol.dispose]());
    }
  }
  runtimes.forEach((runtime) => runtime.stop());
});
