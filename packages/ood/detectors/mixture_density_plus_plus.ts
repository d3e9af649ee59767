import { defineDetector, type DetectorKind } from "../detector.ts";
import { type MixtureDensityOptions, mixtureRecipe } from "../features/mixture_density.ts";

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
  ...mixtureRecipe(true),
});
