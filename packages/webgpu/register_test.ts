import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "./register.ts";
import { hasAdapter, startWebGpu } from "./testing/adapter.ts";

const ignore = !hasAdapter;

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
    assert.ok(missing.some(({ feature }) => feature === "MixtapeMixture"));
  } finally {
    GPUAdapter.prototype.requestDevice = requestDevice;
  }
  const device = await restart();
  const { missing } = await useBackend("webgpu");
  const isMissing = missing.some(({ feature }) => feature === "MixtapeMixture");
  assert.equal(isMissing, !device.features.has("wgpu-shader-f64" as GPUFeatureName));
});
