import { type HostMatrix, safeExponent, scaledMatrix, wideMagnitude } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate, type TrainingEvidence } from "../evidence.ts";
import { predictedClasses } from "../features/predicted.ts";
import * as state from "../state/mod.ts";

interface StoredPatterns {
  readonly classes: number;
  readonly units: number;
  /** Mean activations of each class, classes × units. */
  readonly patterns: Float64Array;
  /**
   * Exponent of the power of two that activations are multiplied by; absent if no scaling is
   * needed.
   */
  readonly exponent?: number;
}

/**
 * SHE: the inner product with the mean activations of the predicted class, taken over the correctly
 * classified training rows.
 */
export const hopfieldEnergy: DetectorKind = defineDetector({
  name: "she",
  title: "Simplified Hopfield energy (SHE)",
  cite: {
    authors: "Zhang et al.",
    title:
      "Out-of-Distribution Detection based on In-Distribution Data Patterns Memorization with Modern Hopfield Energy",
    year: 2023,
    url: "https://openreview.net/forum?id=KkazG4lgKL",
  },
  needs: ["logits", "penultimate", "labels"],
  defaults: {},
  state: state.record<StoredPatterns>({
    classes: state.size("classes"),
    units: state.size("units"),
    patterns: state.float64s(["classes", "units"]),
    exponent: state.optional(state.number({ min: -1000, max: 2000 })),
  }),
  fit(training, _options, { note }): StoredPatterns {
    const x = penultimate(training);
    const exponent = safeExponent(wideMagnitude(x), 200);
    if (exponent !== 0) {
      note(
        `inner products are beyond float64, scores are those of activations times 2^${exponent}`,
      );
    }
    return {
      classes: training.logits.shape[1],
      units: x.shape[1],
      patterns: storedPatterns(scaledMatrix(x, exponent), training, note),
      ...(exponent !== 0 && { exponent }),
    };
  },
  byRow: true,
  score({ classes, units, patterns, exponent = 0 }, evidence) {
    const { values, shape: [n, d] } = scaledMatrix(penultimate(evidence), exponent);
    if (d !== units || evidence.logits.shape[1] !== classes) {
      throw new RangeError(
        `Cannot use activations of ${d} units and ${
          evidence.logits.shape[1]
        } classes: the detector was fitted on ${units} and ${classes}`,
      );
    }
    const predicted = predictedClasses(evidence.logits);
    return new Float64Array(n).map((_, i) => {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += values[i * d + j] * patterns[predicted[i] * d + j];
      return dot;
    });
  },
});

/** Returns the mean activations of each class, classes × units. */
function storedPatterns(
  x: HostMatrix,
  training: TrainingEvidence,
  note: (sentence: string) => void,
): Float64Array {
  const classes = training.logits.shape[1];
  const predicted = predictedClasses(training.logits);
  const correct = classSums(
    x,
    training.labels,
    classes,
    (i) => predicted[i] === training.labels[i],
  );
  const everyone = classSums(x, training.labels, classes, () => true);
  const d = x.shape[1];
  for (let c = 0; c < classes; c++) {
    const source = correct.counts[c] > 0 ? correct : everyone;
    if (source === everyone) {
      note(
        `no row of class ${c} was classified correctly, so all its ${
          everyone.counts[c]
        } rows were stored`,
      );
    }
    for (let at = c * d; at < (c + 1) * d; at++) {
      correct.sums[at] = source.sums[at] / Math.max(1, source.counts[c]);
    }
  }
  return correct.sums;
}

function classSums(
  { values, shape: [n, d] }: HostMatrix,
  labels: Int32Array,
  classes: number,
  counted: (row: number) => boolean,
): { sums: Float64Array; counts: Float64Array } {
  const sums = new Float64Array(classes * d);
  const counts = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    if (labels[i] >= classes || !counted(i)) continue;
    counts[labels[i]]++;
    for (let j = 0; j < d; j++) sums[labels[i] * d + j] += values[i * d + j];
  }
  return { sums, counts };
}
