import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { type MissingFeature, useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "./register.ts";
import { hasAdapter, startWebGpu } from "./testing/adapter.ts";

const ignore = !hasAdapter;

/** Reason for which all mixtures are computed by `simd`, not small ones alone. */
const whole = "the device has no kernel known to be faster, simd computes it";

function reasonsOf(missing: readonly MissingFeature[]): string[] {
  return missing.filter(({ feature }) => feature === "MixtapeMixture").map(({ reason }) => reason);
}

async function restart(): Promise<GPUDevice> {
  const { device } = await startWebGpu();
  device.destroy();
  await device.lost;
  return (await startWebGpu()).device;
}

Deno.test("a device without float64 runs no kernel that needs it, and the processor does", {
  ignore,
}, async () => {
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = function (descriptor) {
    const names = [...descriptor?.requiredFeatures ?? []] as string[];
    if (names.includes("wgpu-shader-f64")) throw new TypeError("no such feature");
    return requestDevice.call(this, descriptor);
  };
  try {
    await restart();
    registerWebGpuBackend();
    assert.equal(tf.getKernel("MixtapeMixture", "webgpu"), undefined);
    assert.ok(tf.getKernel("MixtapeLloyd", "webgpu"));
    const { missing } = await useBackend("webgpu");
    assert.deepEqual(reasonsOf(missing), [whole]);
  } finally {
    GPUAdapter.prototype.requestDevice = requestDevice;
  }
  const device = await restart();
  const { missing } = await useBackend("webgpu");
  const isPresent = device.features.has("wgpu-shader-f64" as GPUFeatureName);
  assert.equal(reasonsOf(missing).includes(whole), !isPresent);
});
