import assert from "node:assert/strict";
import type { HostMatrix, PlusPlusDraws } from "@mixtape/operations";
import { random } from "@mixtape/tensor-utils";
import { clusteredRows, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { chooseInSteps } from "../testing/choose_in_steps.ts";
import { now } from "../testing/now.ts";
import { openPlusPlus } from "./lloyd.ts";

const unshared = new SimdRuntime({ threads: 1, shared: false, relaxed: true });

function someDraws(clusters: number, trials: number, seed: number): PlusPlusDraws {
  const source = random(seed);
  const uniforms = new Float64Array(1 + (clusters - 1) * trials).map(() => source.next());
  return { clusters, trials, uniforms };
}

Deno.test("MixtapePlusPlus chooses all rows at once as it does step by step", () => {
  const shapes = [[1, 1], [7, 3], [2500, 2], [1030, 4], [2500, 9], [300, 71]] as const;
  for (const kind of ["float32", "float64", "bytes"] as const) {
    for (const [n, d] of shapes) {
      for (const offset of [0, 1e4]) {
        const seed = testSeed() + n;
        const x: HostMatrix = {
          values: clusteredRows(kind, n, d, seed, { offset: kind === "bytes" ? 0 : offset }),
          shape: [n, d],
        };
        const given = { inputs: {}, attrs: { x }, backend: { runtime: unshared } };
        using session = openPlusPlus(given);
        // Twice, since restarts follow each other, with more candidates than fit four columns.
        for (const [clusters, trials] of [[1, 2], [5, 3], [12, 5]]) {
          const draws = someDraws(clusters, trials, seed);
          const chosen = now(session.choose(draws));
          assert.deepEqual([...chosen!], chooseInSteps(session, n, draws), `${kind}, ${n} × ${d}`);
        }
      }
    }
  }
});

Deno.test("MixtapePlusPlus draws from all rows alike once each is a centroid", () => {
  const x: HostMatrix = { values: Float32Array.of(1, 1, 2, 2, 1, 2), shape: [6, 1] };
  using session = openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime: unshared } });
  const uniforms = Float64Array.of(0, 0.5, 0.5, 0.99, 0.3, 0.4, 0.1);
  const chosen = now(session.choose({ clusters: 4, trials: 2, uniforms }));
  assert.deepEqual([...chosen!], [0, 3, 5, 2]);
});

Deno.test("MixtapePlusPlus leaves rows without their zeros to its steps", () => {
  const x = { values: clusteredRows("sparse bytes", 300, 20, 8), shape: [300, 20] } as const;
  using session = openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime: unshared } });
  assert.equal(now(session.choose(someDraws(3, 3, 1))), undefined);
});

Deno.test("MixtapePlusPlus chooses the same rows one by one, whatever the threads, and with bounds from integers", async () => {
  const plain = new SimdRuntime({ threads: 1, shared: false, relaxed: false, worthWaking: 0 });
  const eager = [1, 3].map((threads) => {
    return new SimdRuntime({ threads, shared: true, relaxed: true, worthWaking: 0 });
  });
  // From 64 columns and 32 clusters on, integers bound products.
  for (const [n, d] of [[7, 3], [2500, 4], [520, 31], [520, 66], [300, 130]] as const) {
    for (const [clusters, trials] of [[1, 2], [9, 3], [40, 5], [40, 14]]) {
      if (clusters > n) continue;
      for (
        const [kind, offset] of [["float32", 0], ["float32", 1e4], ["float64", 0], [
          "bytes",
          0,
        ]] as const
      ) {
        const seed = testSeed() + n;
        const x: HostMatrix = {
          values: clusteredRows(kind, n, d, seed, { offset }),
          shape: [n, d],
        };
        const draws = someDraws(clusters, trials, seed);
        let expected: number[] | undefined;
        for (const runtime of [plain, ...eager]) {
          using session = openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime } });
          // Those without relaxed SIMD round products otherwise.
          if (runtime !== eager[1]) expected = chooseInSteps(session, n, draws);
          const what = `${kind}, ${n} × ${d}, ${clusters} of ${trials}, offset ${offset}`;
          // Twice, since restarts follow each other.
          for (let start = 0; start < 2; start++) {
            assert.deepEqual([...(await session.choose(draws))!], expected, what);
          }
        }
      }
    }
  }
  for (const runtime of eager) runtime.stop();
});
