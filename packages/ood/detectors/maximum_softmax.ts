import { defineDetector, type DetectorKind } from "../detector.ts";
import { maximumSoftmaxProbability } from "../scores/maximum_softmax_probability.ts";
import * as state from "../state/mod.ts";

/** The largest softmax probability, in log space so that confident rows do not tie at 1. */
export const maximumSoftmax: DetectorKind = defineDetector({
  name: "msp",
  title: "Maximum softmax probability",
  cite: {
    authors: "Hendrycks & Gimpel",
    title: "A Baseline for Detecting Misclassified and Out-of-Distribution Examples",
    year: 2017,
    url: "https://arxiv.org/abs/1610.02136",
  },
  needs: ["logits"],
  defaults: {},
  state: state.record({}),
  fit: () => ({}),
  score: (_state, { logits }, { signal }) => maximumSoftmaxProbability(logits, { signal }),
});
