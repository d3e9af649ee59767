import assert from "node:assert/strict";
import { nearest, openPlusPlus, useBackend } from "@mixtape/tensor-utils";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { countTraffic } from "../testing/count_traffic.ts";
import { isSmallNearest, isSmallPlusPlus } from "./small_problems.ts";

const matrix = (n: number, d: number) =>
  ({ values: new Uint8Array(n * d), shape: [n, d] }) as const;

Deno.test("problems are small as long as simd is done before a read of the device", () => {
  const centroids = new Float64Array(0);
  assert.equal(isSmallNearest({ x: matrix(1000, 517), centroids, k: 100 }), true);
  assert.equal(isSmallNearest({ x: matrix(1000, 518), centroids, k: 100 }), false);
  assert.equal(isSmallPlusPlus({ x: matrix(46_575, 100) }), false);
  assert.equal(isSmallPlusPlus({ x: matrix(46_574, 100) }), true);
});

Deno.test("a device of hardware leaves small problems to simd, and missing says so", {
  ignore: !hasAdapter,
}, async () => {
  const x = { values: Uint8Array.from({ length: 40 }, (_, i) => 3 * i), shape: [20, 2] } as const;
  const work = async () => {
    const { labels } = await nearest(x, Float64Array.of(0, 0, 100, 100), 2);
    assert.deepEqual(labels, Int32Array.from({ length: 20 }, (_, i) => i < 9 ? 0 : 1));
    using session = openPlusPlus(x);
    const closest = new Float64Array(20).fill(Infinity);
    await session.accept(0, closest);
    assert.equal(closest[19], 2 * 114 ** 2);
  };
  const backend = await startWebGpu();
  await useBackend("webgpu");
  assert.equal(backend.leavesSmall, false);
  assert.ok((await countTraffic(work)).reads > 0);
  const { requestAdapter } = GPU.prototype;
  GPU.prototype.requestAdapter = async function (options) {
    const found = await requestAdapter.call(this, options);
    if (found) Object.defineProperty(found, "info", { value: { description: "hardware" } });
    return found;
  };
  try {
    const { missing } = await useBackend("webgpu");
    const small = missing.filter(({ reason }) => reason.includes("small"));
    assert.deepEqual(small.map(({ feature }) => feature), ["MixtapeNearest", "MixtapePlusPlus"]);
    assert.equal((await countTraffic(work)).reads, 0);
  } finally {
    GPU.prototype.requestAdapter = requestAdapter;
    await useBackend("webgpu");
  }
  assert.equal(backend.leavesSmall, false);
});
