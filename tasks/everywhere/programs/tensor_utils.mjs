import { nearestPoint, openLloyd, openNeighbors, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, plainStep, source } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";

assert.ok(nearestPoint && openNeighbors);
const next = source(3);
const x = { values: Float64Array.from({ length: 40_000 }, next), shape: [5_000, 8] };
const centroids = Float64Array.from({ length: 72 }, next);
const plain = plainStep(x, centroids);
for (const name of ["cpu", "simd"]) {
  await useBackend(name);
  const session = openLloyd(x);
  const step = await session.step(centroids);
  assert.deepEqual([...step.labels], [...plain.labels]);
  assertAllClose(step.sums, plain.sums, { rtol: 1e-12 });
  assertAllClose([step.inertia], [plain.inertia], { rtol: 1e-12 });
  session[Symbol.dispose]();
}
