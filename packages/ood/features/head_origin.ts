import {
  safeExponent,
  scaledMatrix,
  symmetricEigen,
  timesPowerOfTwo,
  wideMagnitude,
} from "@mixtape/tensor-utils";
import { type Head, penultimate, type TrainingEvidence } from "../evidence.ts";
import type { UnitSelection } from "./unit_selection.ts";

/**
 * Returns the smallest activations for which all logits are zero (or as small as possible, if they
 * cannot be): −(Wᵀ)⁺ b, over the units that vary. The contribution of constant units to the logits
 * counts as bias.
 *
 * @param training Evidence with a head.
 * @param units The units that vary.
 * @returns One number per kept unit, in the selection's units.
 */
export function headOrigin(
  training: TrainingEvidence,
  { kept, exponent = 0 }: UnitSelection,
): Float64Array {
  const { weights, bias } = training.head as Head;
  const [units, classes] = weights.shape;
  const weightExponent = safeExponent(wideMagnitude(weights), 200);
  const w = scaledMatrix(weights, weightExponent).values;
  const target = Float64Array.from(bias);
  const isKept = new Uint8Array(units);
  for (const j of kept) isKept[j] = 1;
  const first = penultimate(training).values;
  for (let j = 0; j < units; j++) {
    if (isKept[j]) continue;
    for (let c = 0; c < classes; c++) target[c] += first[j] * weights.values[j * classes + c];
  }
  const gram = new Float64Array(classes * classes);
  for (const j of kept) {
    for (let a = 0; a < classes; a++) {
      for (let b = 0; b < classes; b++) {
        gram[a * classes + b] += w[j * classes + a] * w[j * classes + b];
      }
    }
  }
  const solution = pseudoSolve(gram, target, classes);
  return Float64Array.from(kept, (j) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum -= w[j * classes + c] * solution[c];
    return timesPowerOfTwo(sum, weightExponent + exponent);
  });
}

/**
 * Returns A⁺ b for a symmetric positive semidefinite A; directions that hold only rounding errors
 * are left out.
 */
function pseudoSolve(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const { values, vectors } = symmetricEigen(a, d);
  const smallest = values[0] * d * 1e-12;
  const x = new Float64Array(d);
  for (let axis = 0; axis < d; axis++) {
    if (!(values[axis] > smallest)) continue;
    let dot = 0;
    for (let c = 0; c < d; c++) dot += vectors[axis * d + c] * b[c];
    for (let c = 0; c < d; c++) x[c] += dot / values[axis] * vectors[axis * d + c];
  }
  return x;
}
