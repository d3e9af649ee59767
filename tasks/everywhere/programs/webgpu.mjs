import { DeviceError, registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";

registerWebGpuBackend();
assert.ok(tf.findBackendFactory("webgpu"));
assert.ok(new DeviceError("no adapter") instanceof RangeError);
const adapter = await globalThis.navigator?.gpu?.requestAdapter().catch(() => null);
if (adapter) {
  assert.ok(await tf.setBackend("webgpu"));
  const product = tf.matMul(tf.ones([300, 300]), tf.ones([300, 300]));
  assert.equal((await product.data())[0], 300);
}
