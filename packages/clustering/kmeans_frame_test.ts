import assert from "node:assert/strict";
import { type HostMatrix, safeExponent } from "@mixtape/tensor-utils";
import { type KMeansFrame, kMeansFrame } from "./kmeans_frame.ts";
import { checkKMeansOptions, copyOptions, type KMeansOptions } from "./kmeans_options.ts";
import type { KMeansIteration } from "./lloyd_run.ts";

const column = (...values: number[]): HostMatrix => ({
  values: Float64Array.from(values),
  shape: [values.length, 1],
});

async function frameOf(
  x: HostMatrix,
  options: Partial<KMeansOptions> = {},
): Promise<KMeansFrame<HostMatrix>> {
  const copied = await copyOptions({ clusters: 2, ...options });
  return await kMeansFrame(x, checkKMeansOptions(x, copied));
}

Deno.test("KMeansFrame leaves ordinary data, weights, starts and runs as they are", async () => {
  const x = column(1, -(2 ** 60), 3);
  const frame = await frameOf(x, { init: column(4, 5), sampleWeight: [2 ** 99, 1, 0] });
  assert.equal(frame.x, x);
  assert.deepEqual(frame.options.init, Float64Array.of(4, 5));
  assert.deepEqual(frame.options.sampleWeight, Float64Array.of(2 ** 99, 1, 0));
});

Deno.test("KMeansFrame scales data, start and reports by the larger of data and start", async () => {
  const reports: KMeansIteration[] = [];
  const options = {
    init: column(2 ** 700, 2 ** 620),
    sampleWeight: [2 ** -300, 2 ** -302, 2 ** -301],
    onIteration: (iteration: KMeansIteration) => reports.push(iteration),
  };
  const frame = await frameOf(column(2 ** 640, -(2 ** 650), 0), options);
  const exponent = safeExponent(2 ** 700);
  assert.deepEqual([...frame.x.values], [2 ** (640 + exponent), -(2 ** (650 + exponent)), 0]);
  assert.deepEqual([...frame.options.init as Float64Array], [
    2 ** (700 + exponent),
    2 ** (620 + exponent),
  ]);
  assert.deepEqual([...frame.options.sampleWeight!], [1, 0.25, 0.5]);
  const centroids = Float64Array.of(2 ** 3, 2 ** (600 + exponent));
  // Inertias have the square of the unit of the data, and that of the weights.
  const inertia = 2 ** (2 * exponent + 300 + 40);
  const shape = [2, 1] as const;
  frame.options.onIteration!({
    restart: 4,
    iteration: 5,
    changed: 6,
    inertia,
    centroids: { values: centroids, shape },
  });
  const expected = { centroids: Float64Array.of(2 ** (3 - exponent), 2 ** 600), inertia: 2 ** 40 };
  assert.deepEqual(reports, [{
    restart: 4,
    iteration: 5,
    changed: 6,
    ...expected,
    centroids: { values: expected.centroids, shape },
  }]);
  const run = { labels: Int32Array.of(0, 1, 1), iterations: 1, converged: true };
  const given = {
    ...run,
    centroids,
    inertia,
    inertiaHistory: Float64Array.of(inertia, inertia / 4),
  };
  assert.deepEqual(frame.restore(given), {
    ...run,
    ...expected,
    inertiaHistory: Float64Array.of(2 ** 40, 2 ** 38),
  });
  assert.throws(() => frame.restore({ ...given, inertia: 2 ** 1000 }), {
    name: "RangeError",
    message:
      /with values up to 5.26\d*e\+210 the sum of squared distances .* divide x by its largest/,
  });
});

Deno.test("KMeansFrame refuses values that vanish beside the largest, from 2^−450 of its units down", async () => {
  const large = 2 ** 700;
  const least = 2 ** (-450 - safeExponent(large));
  await frameOf(column(large, least, 0, -least));
  for (const small of [least * (1 - 2 ** -52), -least / 2]) {
    await assert.rejects(frameOf(column(large, 0, small)), {
      name: "RangeError",
      message: `Cannot fit clusters: values are as large as ${large} and as small as ${small}, ` +
        "float64 cannot hold the squared distances of both, leave out rows of one kind",
    });
  }
  // Where data is small, what vanishes beside it is nothing to speak of.
  await frameOf(column(2 ** -600, 2 ** -1060));
});
