/**
 * TensorFlow.js's WebGPU backend on a device whose errors are heard, with kernels of Mixtape's named
 * operations.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs-core";
 * import { registerWebGpuBackend } from "@mixtape/webgpu";
 * import assert from "node:assert/strict";
 *
 * registerWebGpuBackend();
 * if (await tf.setBackend("webgpu")) { // there is an adapter
 *   const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]));
 *   assert.deepEqual([...await product.data()], [3, 3, 3, 3]);
 * }
 * ```
 *
 * @module
 */
export { registerWebGpuBackend } from "./register.ts";
export { DeviceError, DeviceLostError } from "./device_error.ts";
