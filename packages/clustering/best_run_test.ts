import assert from "node:assert/strict";
import { clusteredRows, testSeed } from "@mixtape/tensor-utils/testing";
import { type HostMatrix, type LloydSession, useBackend } from "@mixtape/tensor-utils";
import { bestRun } from "./best_run.ts";
import { kMeans } from "./kmeans.ts";
import type { CheckedOptions } from "./kmeans_options.ts";
import type { KMeansIteration } from "./lloyd_run.ts";

await useBackend("cpu");

Deno.test("kMeans() keeps the first of the runs with the lowest inertia, and tells them apart", async () => {
  const x: HostMatrix = { values: Float64Array.of(0, 1, 10, 11), shape: [4, 1] };
  const last: KMeansIteration[] = [];
  using model = await kMeans(x, {
    clusters: 2,
    init: "random",
    tolerance: 0,
    seed: 1,
    onIteration: (iteration) => last[iteration.restart] = iteration,
  });
  assert.equal(last.length, 10);
  const lowest = Math.min(...last.map(({ inertia }) => inertia));
  const best = last.filter(({ inertia }) => inertia === lowest);
  // Both orders of the two clusters are among the best.
  assert.equal(new Set(best.map(({ centroids }) => String(centroids.values))).size, 2);
  assert.deepEqual(model.centroids, best[0].centroids);
});

Deno.test("bestRun() prepares data once where sessions share them, and disposes of what it opened if no start is chosen", async () => {
  const x: HostMatrix = { values: Float64Array.of(0, 1, 10, 11), shape: [4, 1] };
  const options: CheckedOptions = {
    ...{ clusters: 2, restarts: 1, seed: 0, maxIterations: 9, tolerance: 0 },
    init: "k-means++",
    signal: AbortSignal.abort(),
  };
  for (const [backend, expected] of [["cpu", []], ["simd", ["open", "dispose"]]] as const) {
    await useBackend(backend);
    const events: string[] = [];
    const session = { [Symbol.dispose]: () => void events.push("dispose") } as LloydSession;
    const open = () => (events.push("open"), session);
    await assert.rejects(bestRun(x, options, open), { name: "AbortError" });
    assert.deepEqual(events, expected);
  }
  await useBackend("cpu");
});

Deno.test("kMeans() gives the same bits where the backend makes whole runs as where each iteration is reported", async () => {
  await useBackend("simd");
  for (const [n, d, clusters] of [[40, 2, 3], [1000, 10, 5], [3000, 2, 8]]) {
    const x: HostMatrix = {
      values: clusteredRows("float32", n, d, testSeed() + n),
      shape: [n, d],
    };
    for (const more of [{}, { tolerance: 0 }, { tolerance: 0.05 }, { maxIterations: 2 }]) {
      for (const init of ["k-means++", "random"] as const) {
        const options = { clusters, init, restarts: 3, seed: testSeed(), ...more };
        let reported = 0;
        using whole = await kMeans(x, options);
        using stepped = await kMeans(x, { ...options, onIteration: () => void reported++ });
        assert.ok(reported >= 3);
        assert.deepEqual(whole.toJSON(), stepped.toJSON());
      }
    }
  }
  await useBackend("cpu");
});
