/**
 * A TensorFlow.js backend on WebAssembly SIMD and threads. Any TensorFlow.js program runs on it
 * unchanged: operations without a SIMD kernel run that of the CPU backend.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs-core";
 * import { backendInfo, registerSimdBackend } from "@mixtape/simd";
 * import assert from "node:assert/strict";
 *
 * registerSimdBackend();
 * await tf.setBackend("simd");
 * const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]));
 * assert.deepEqual([...product.dataSync()], [3, 3, 3, 3]);
 * assert.equal(backendInfo()?.engine, "wasm");
 * ```
 *
 * @module
 */
export { backendInfo, registerSimdBackend } from "./register.ts";
export type { SimdBackendInfo, SimdBackendOptions, StepDown } from "./backend_info.ts";
export { WorkerLostError } from "./pool/worker_lost_error.ts";
