import { defineDetector, type DetectorKind } from "../detector.ts";
import { type MixtureDensityOptions, mixtureRecipe } from "../features/mixture_density.ts";

/**
 * The log-density under a Gaussian mixture of the penultimate activations, its size chosen without
 * OOD data.
 */
export const mixtureDensity: DetectorKind<MixtureDensityOptions> = defineDetector({
  name: "gmm",
  title: "Gaussian mixture",
  cite: {
    authors: "Zisselman & Tamar",
    title: "Deep Residual Flow for Out of Distribution Detection",
    year: 2020,
    url: "https://arxiv.org/abs/2001.05419",
  },
  ...mixtureRecipe(false),
});
