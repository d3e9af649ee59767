import { backendInfo, registerSimdBackend } from "@mixtape/simd";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";

registerSimdBackend();
await tf.setBackend("simd");
const product = tf.matMul(tf.ones([300, 300]), tf.ones([300, 300]));
assert.equal(product.dataSync()[0], 300);
assert.equal(backendInfo().engine, "wasm");
