import { rowsMeans } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { type Head, penultimate } from "../evidence.ts";
import { checkUnits, copiedHead, headState } from "../features/head_state.ts";
import { lengthOf } from "../features/length_of.ts";
import { predictedClasses } from "../features/predicted.ts";
import * as state from "../state/mod.ts";

/**
 * fDBD: the mean distance of a row's activations to the decision boundaries between its predicted
 * class and the others, divided by their distance to the training mean.
 */
export const boundaryDistance: DetectorKind = defineDetector({
  name: "fdbd",
  title: "Decision boundary distance (fDBD)",
  cite: {
    authors: "Liu & Qin",
    title: "Fast Decision Boundary based Out-of-Distribution Detector",
    year: 2024,
    url: "https://arxiv.org/abs/2312.11536",
  },
  needs: ["logits", "penultimate", "head"],
  defaults: {},
  state: state.record({
    head: headState,
    mean: state.float64s(["units"]),
    gaps: state.float64s(["classes", "classes"], { min: 0 }),
  }),
  async fit(training, _options, { signal }) {
    const head = copiedHead(training);
    return { mean: await rowsMeans(penultimate(training), signal), gaps: weightGaps(head), head };
  },
  byRow: true,
  score({ mean, gaps, head }, evidence) {
    const { values, shape: [n, d] } = penultimate(evidence);
    checkUnits(d, head);
    const { values: logits, shape: [, classes] } = evidence.logits;
    const predicted = predictedClasses(evidence.logits);
    const centred = new Float64Array(d);
    return new Float64Array(n).map((_, i) => {
      for (let j = 0; j < d; j++) centred[j] = values[i * d + j] - mean[j];
      const length = lengthOf(centred);
      const top = predicted[i];
      let distances = 0;
      for (let c = 0; c < classes; c++) {
        const gap = gaps[top * classes + c];
        // Two classes with the same weights have no boundary between them.
        if (gap > 0) distances += (logits[i * classes + top] - logits[i * classes + c]) / gap;
      }
      const others = Math.max(1, classes - 1);
      return length > 0 ? distances / (others * length) : 0;
    });
  },
});

/** Returns the norm of the difference of the weights of each pair of classes, classes × classes. */
function weightGaps({ weights: { values, shape: [units, classes] } }: Head): Float64Array {
  const gaps = new Float64Array(classes * classes);
  const difference = new Float64Array(units);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      for (let j = 0; j < units; j++) {
        difference[j] = values[j * classes + a] - values[j * classes + b];
      }
      gaps[a * classes + b] = lengthOf(difference);
    }
  }
  return gaps;
}
