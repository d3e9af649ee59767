import { backendInfo, registerSimdBackend } from "@mixtape/simd";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";

registerSimdBackend({ threads: 2 });
await tf.setBackend("simd");
assert.equal(tf.matMul(tf.ones([300, 300]), tf.ones([300, 300])).dataSync()[0], 300);
const { threads, stepsDown } = backendInfo();
assert.deepEqual([threads, stepsDown.filter(({ lost }) => lost === "threads")], [2, []]);
