import * as tf from "@tensorflow/tfjs-core";
import type { Measurement } from "../../core/measurement.ts";
import { readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** The arguments of a matrix product. */
export interface ProductArguments {
  /** The file of the left matrix. */
  readonly a: string;
  /** The file of the right one. */
  readonly b: string;
}

const tensors = new Map<string, tf.Tensor2D>();

/**
 * Measures a product of existing tensors, which stays where the backend keeps it; reading one element
 * makes sure that it is finished.
 */
export async function product({ a, b }: ProductArguments): Promise<Measurement> {
  const [left, right] = [a, b].map(tensorOf);
  const { seconds } = await timed(async () => {
    const result = tf.matMul(left, right);
    const element = tf.slice(result, [0, 0], [1, 1]);
    await element.data();
    tf.dispose([result, element]);
  });
  return { seconds };
}

function tensorOf(path: string): tf.Tensor2D {
  const found = tensors.get(path);
  if (found) return found;
  const { values, shape } = readMatrix(path);
  const tensor = tf.tensor2d(values as Float32Array, [...shape]);
  tensors.set(path, tensor);
  return tensor;
}
