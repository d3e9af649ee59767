import assert from "node:assert/strict";
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
