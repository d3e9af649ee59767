import { type HostMatrix, logSumExp } from "@mixtape/tensor-utils";
import type { Head } from "../evidence.ts";

/** Changes the activations of one row in place. */
export type Reshape = (row: Float64Array) => void;

/**
 * Returns the energy, log Σ exp(logit), of each row after its activations are changed and passed
 * through the head again.
 *
 * @param x Penultimate activations, shape [n, units].
 * @param head The last layer, [units, classes].
 * @param reshape Changes a row in place.
 */
export function reshapedEnergies(x: HostMatrix, head: Head, reshape: Reshape): Float64Array {
  const { values, shape: [n, units] } = x;
  const { weights: { values: weights, shape: [, classes] }, bias } = head;
  const row = new Float64Array(units);
  const logits = new Float64Array(classes);
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < units; j++) row[j] = values[i * units + j];
    reshape(row);
    logits.set(bias);
    for (let j = 0; j < units; j++) {
      const activation = row[j];
      if (activation === 0) continue;
      for (let c = 0; c < classes; c++) logits[c] += activation * weights[j * classes + c];
    }
    result[i] = logSumExp(logits);
  }
  return result;
}
