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

Deno.test("MixtapePlusPlus leaves rows without their zeros, and work for several threads, to its steps", () => {
  const open = (x: HostMatrix, runtime: SimdRuntime) =>
    openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime } });
  const sparse = { values: clusteredRows("sparse bytes", 300, 20, 8), shape: [300, 20] } as const;
  using few = open(sparse, unshared);
  assert.equal(now(few.choose(someDraws(3, 3, 1))), undefined);
  const dense = { values: clusteredRows("float32", 300, 20, 8), shape: [300, 20] } as const;
  const eager = new SimdRuntime({ threads: 2, shared: true, relaxed: true, worthWaking: 0 });
  using many = open(dense, eager);
  assert.equal(now(many.choose(someDraws(3, 3, 1))), undefined);
  using long = open(dense, unshared);
  assert.equal(now(long.choose(someDraws(200, 7, 1))), undefined);
  eager.stop();
});
