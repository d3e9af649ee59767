/** Holds compositions to their answers where all at once would be more than a buffer of WebGPU may hold. */
import assert from "node:assert/strict";
import { conformanceBackends } from "../testing/backends.ts";
import { source, stepWithLabels, testRounds } from "../testing/mod.ts";
import { openLloyd } from "./lloyd.ts";
import { openNeighbors } from "./neighbors.ts";

for (const { label, present, use } of conformanceBackends) {
  if (!label.startsWith("webgpu")) continue;
  // Stock operations take a minute on a software adapter: where there is time for all.
  const ignore = !present || (label.includes("stock") && testRounds(2) < 2);

  Deno.test(
    `openNeighbors() on ${label} finds the nearest of 140,000 points`,
    { ignore },
    async () => {
      await use();
      const [n, d, rows] = [140_000, 8, 256];
      const next = source(1);
      const points = Float32Array.from({ length: n * d }, () => (next() - 0.5) / 3);
      // Each query is a point: its nearest is itself.
      const queries = Float64Array.from({ length: rows * d }, (_, at) => {
        return points[(Math.floor(at / d) * 541 % n) * d + at % d];
      });
      using search = await openNeighbors(points, d, 1);
      const distances = await search.kthDistances(queries, rows);
      assert.deepEqual(distances, new Float64Array(rows));
    },
  );

  Deno.test(
    `openLloyd() on ${label} takes more clusters than fit a block`,
    { ignore },
    async () => {
      await use();
      // Just above 128 MiB of scores.
      const [n, k] = [11_400, 3_000];
      const values = Float32Array.from({ length: n }, (_, i) => i % k);
      using session = openLloyd({ values, shape: [n, 1] });
      const start = Float64Array.from({ length: k }, (_, j) => j + 0.25);
      const { labels } = await stepWithLabels(session, start);
      assert.deepEqual(Int32Array.from(labels), Int32Array.from(values));
    },
  );
}
