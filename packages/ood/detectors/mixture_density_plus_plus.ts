import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import {
  fitMixtureDensity,
  mixtureDefaults,
  type MixtureDensityOptions,
  mixtureDerived,
  mixtureLogDensity,
  mixtureState,
} from "../features/mixture_density.ts";

/** The log-density under a Gaussian mixture of the penultimate activations scaled to length 1. */
export const mixtureDensityPlusPlus: DetectorKind<MixtureDensityOptions> = defineDetector({
  name: "gmm++",
  title: "Gaussian mixture of normalised activations",
  cite: {
    authors: "Müller & Hein",
    title: "Mahalanobis++: Improving OOD Detection via Feature Normalization",
    year: 2025,
    url: "https://arxiv.org/abs/2505.18032",
  },
  needs: ["penultimate"],
  defaults: mixtureDefaults,
  derived: mixtureDerived,
  state: mixtureState(true),
  fit: (training, options, context) =>
    fitMixtureDensity(penultimate(training), true, options, context),
  score: (fitted, evidence) => mixtureLogDensity(penultimate(evidence), fitted),
});
