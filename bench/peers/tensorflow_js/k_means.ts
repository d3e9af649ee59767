import * as tf from "@tensorflow/tfjs-core";
import type { Measurement } from "../../core/measurement.ts";
import type { KMeansArguments } from "../mixtape/clustering.ts";
import { readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** Measures k-means as one would write it on TensorFlow.js: distances and sums by matrix products. */
export async function kMeansByProducts(
  { x, start, iterations }: KMeansArguments,
): Promise<Measurement> {
  const data = tensorOf(x);
  const init = readMatrix(start);
  const first = tf.tensor2d(Float32Array.from(init.values), [...init.shape]);
  const { result, seconds } = await timed(async () => {
    let centroids: tf.Tensor2D = first;
    for (let i = 0; i < iterations; i++) {
      const next = step(data, centroids);
      centroids.dispose();
      centroids = next;
    }
    const values = await centroids.data();
    centroids.dispose();
    return values;
  });
  return { seconds, iterations, centroids: [...result] };
}

function step(x: tf.Tensor2D, centroids: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const k = centroids.shape[0];
    const products = tf.matMul(x, centroids, false, true);
    const lengths = tf.sum(tf.square(centroids), 1);
    const labels = tf.argMin(tf.sub(lengths, tf.mul(products, 2)), 1);
    const members = tf.cast(tf.oneHot(tf.cast(labels, "int32"), k), "float32") as tf.Tensor2D;
    const sums = tf.matMul(members, x, true);
    const counts = tf.reshape(tf.maximum(tf.sum(members, 0), 1), [k, 1]);
    return tf.div(sums, counts) as tf.Tensor2D;
  });
}

const tensors = new Map<string, tf.Tensor2D>();

function tensorOf(path: string): tf.Tensor2D {
  const found = tensors.get(path);
  if (found) return found;
  const { values, shape } = readMatrix(path);
  const tensor = tf.tensor2d(Float32Array.from(values), [...shape]);
  tensors.set(path, tensor);
  return tensor;
}
