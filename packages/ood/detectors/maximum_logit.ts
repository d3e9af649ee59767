import { defineDetector, type DetectorKind } from "../detector.ts";
import { maximumLogits } from "../features/predicted.ts";
import * as state from "../state/mod.ts";

/** The largest logit: the maximum softmax probability without its normalisation. */
export const maximumLogit: DetectorKind = defineDetector({
  name: "max-logit",
  title: "Maximum logit",
  cite: {
    authors: "Hendrycks et al.",
    title: "Scaling Out-of-Distribution Detection for Real-World Settings",
    year: 2022,
    url: "https://arxiv.org/abs/1911.11132",
  },
  needs: ["logits"],
  defaults: {},
  state: state.record({}),
  fit: () => ({}),
  byRow: true,
  score: (_state, { logits }) => maximumLogits(logits),
});
