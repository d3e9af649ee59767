import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import fixture from "./fixtures/kmeans.json" with { type: "json" };
import { kMeans } from "./kmeans.ts";

await useBackend("cpu");

const data: Record<string, HostMatrix> = {
  blobs: await decode(fixture.data.blobs),
  digits: await decode(fixture.data.digits),
};

async function decode(
  { dtype, shape, gzip }: { dtype: string; shape: number[]; gzip: string },
): Promise<HostMatrix> {
  const stream = new Blob([Uint8Array.fromBase64(gzip)]).stream();
  const bytes = await new Response(stream.pipeThrough(new DecompressionStream("gzip")))
    .arrayBuffer();
  const values = dtype === "uint8" ? new Uint8Array(bytes) : new Float32Array(bytes);
  return { values, shape: [shape[0], shape[1]] };
}

for (const fit of fixture.fits) {
  Deno.test(`kMeans() reference: equals scikit-learn, ${fit.name}`, async () => {
    const x = data[fit.data];
    using model = await kMeans(x, {
      clusters: fit.init.length,
      init: { values: Float64Array.from(fit.init.flat()), shape: [fit.init.length, x.shape[1]] },
      maxIterations: fit.maxIterations,
      tolerance: fit.tolerance,
      sampleWeight: fit.sampleWeight ?? undefined,
    });
    assert.deepEqual([...model.labels], fit.labels);
    assert.equal(model.iterations, fit.iterations);
    assertAllClose([model.inertia], [fit.inertia], { rtol: 1e-12 });
    assertAllClose(model.centroids.values, fit.centroids, { rtol: 1e-10, atol: 1e-11 });
  });
}

Deno.test("kMeans() reference: starts from the class means that numpy computes", async () => {
  const expected = fixture.fits.find(({ name }) => name === "class means of the digits")!;
  using model = await kMeans(data.digits, {
    clusters: 10,
    init: "class-means",
    labels: fixture.classes,
    tolerance: 0,
  });
  assert.deepEqual([...model.labels], expected.labels);
  assert.equal(model.iterations, expected.iterations);
});
