import { defineDetector, type DetectorKind } from "../detector.ts";
import * as state from "../state/mod.ts";

/**
 * The same score for every row: the baseline of a detector without any information. Every table
 * should show it.
 */
export const constant: DetectorKind = defineDetector({
  name: "constant",
  title: "Constant score",
  cite: {
    authors: "Hendrycks & Gimpel",
    title: "A Baseline for Detecting Misclassified and Out-of-Distribution Examples",
    year: 2017,
    url: "https://arxiv.org/abs/1610.02136",
  },
  needs: [],
  defaults: {},
  state: state.record({}),
  fit: () => ({}),
  score: (_state, { logits }) => new Float64Array(logits.shape[0]),
});
