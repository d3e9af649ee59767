// deno-lint-ignore-file no-console
import { kMeans } from "@mixtape/clustering";
import * as tf from "@tensorflow/tfjs-core";

let advice = "";
try {
  tf.tensor2d([[1, 2]]);
} catch (error) {
  advice = error.message;
}
await tf.ready();
const x = tf.tensor2d([[1, 2], [1, 4], [9, 2], [9, 4]]);
const model = await kMeans(x, { clusters: 2, seed: 42 });
console.log(advice.includes("await tf.ready()"), tf.getBackend(), model.inertia); // true simd 4
