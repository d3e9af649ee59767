import type { MissingFailure, MissingMethod } from "../result.ts";
/** Texts of the page on missing entries. */
export const words = {
  name: "k-means with missing pixels",
  asked: "Can images be grouped when many of their pixels are missing?",
  description: "k-means when pixels are missing: the derived algorithm beside its alternatives.",
  question:
    "How much of a clustering survives when pixels are missing at random, and which way of dealing with that keeps most of it?",
  methods: {
    "zero-prior": "prior mean 0",
    "feature-mean-prior": "prior mean per pixel",
    "k-pod": "k-POD",
    "mean-imputation": "mean imputation",
    "complete-rows": "complete rows",
  } satisfies Record<MissingMethod, string>,
  methodMeanings: {
    "zero-prior":
      "The derived algorithm as the exercise asks for it: a missing pixel is Gaussian with mean 0.",
    "feature-mean-prior": "The same with the mean of each pixel instead of 0.",
    "k-pod": "k-POD (Chi, Chi and Baraniuk 2016): distances over the observed pixels only.",
    "mean-imputation":
      "Missing pixels are replaced by the mean of their pixel, then plain k-means.",
    "complete-rows": "Images with a missing pixel are dropped, and assigned afterwards.",
  } satisfies Record<MissingMethod, string>,
  failures: {
    "no-complete-rows": "no image is complete",
    "too-few-complete-rows": "fewer complete images than clusters",
  } satisfies Record<MissingFailure, string>,
  findingAt: (rate: string, best: string, ari: string, worst: string, worstAri: string): string =>
    `With ${rate} of the pixels missing, every run of ${best} stays closer to the clustering of the complete data than any run of another method (mean ARI ${ari}); the lowest mean is that of ${worst} (${worstAri}).`,
  findingAtLevel: (
    rate: string,
    best: string,
    ari: string,
    level: string,
    behind: string,
  ): string =>
    `With ${rate} of the pixels missing, ${best} has the highest mean ARI with the clustering of the complete data (${ari}), but is not shown to be better than ${level}; it is better in every run than ${behind}.`,
  findingTie: (rate: string, low: string, high: string): string =>
    `With ${rate} of the pixels missing, no method is shown to stay closest to the clustering of the complete data (mean ARI ${low} to ${high}).`,
  findingFew: (
    rate: string,
    worst: string,
    worstAri: string,
    best: string,
    ari: string,
    runs: string,
  ): string =>
    `With ${rate} of the pixels missing, ARI with the clustering of the complete data is ${worstAri} (${worst}) to ${ari} (${best}), as the mean of the seeds; there are too few of them (${runs}) to show which method is better.`,
  findingPrior: (rate: string, zero: string, mean: string): string =>
    `What is assumed of a missing pixel matters: at ${rate} missing, NMI with the classes is ${zero} with a prior mean of 0 and ${mean} with the mean of each pixel.`,
  findingPriorOpen: (rate: string, zero: string, mean: string): string =>
    `At ${rate} missing, NMI with the classes is ${zero} with a prior mean of 0 and ${mean} with the mean of each pixel: no difference is shown.`,
  findingPriorFew: (rate: string, zero: string, mean: string): string =>
    `At ${rate} missing, NMI with the classes is ${zero} with a prior mean of 0 and ${mean} with the mean of each pixel; there are too few seeds to show that it matters what is assumed of a missing pixel.`,
  findingSame:
    "A prior mean per pixel and mean imputation are the same algorithm, as the derivation says: their runs have the same numbers in every measure at every rate.",
  findingFails: (method: string, rate: string, reason: string): string =>
    `From ${rate} missing on, the method “${method}” cannot form clusters: ${reason}.`,
  findingFailsSome: (rate: string, method: string, failed: string, runs: string): string =>
    `Up to ${rate} missing, the method “${method}” could not form clusters in ${failed} of ${runs} runs: too few images were complete.`,
  findingComplete: (nmi: string, ari: string): string =>
    `The clustering of the complete data, which everything is compared with, has NMI ${nmi} and ARI ${ari} with the classes.`,
  findingStarts: (starts: string, mean: string, low: string, high: string): string =>
    `It is that of one start: with nothing missing, runs from ${starts} starts agree with it by a mean ARI of ${mean} (${low} to ${high}); the gap to 1 there is due to the start alone.`,
  method: (rows: string, clusters: string, comparisons: string): string => `
Pixels of ${rows} training images were masked at random, independently of everything else, at each
of the rates. Each method then made ${clusters} clusters from the same start. Several seeds change
both the mask and the start.

One method is said to be better than another only where all of its runs are, and where there are so
many seeds that chance would separate equal methods in this way in at most 5% of cases, over all ${comparisons}
comparisons of the text together.

Where a method does not treat a missing pixel as observed, it never sees its value. The centroid
error is the root mean squared difference from the centroids of the complete data, after the best
matching, in pixel values.
`,
  derivation: "How the algorithm is derived",
  maskedTitle: "What the methods get to see",
  maskedCaption: (rates: string): string =>
    `The same images, one row per rate: ${rates} of the pixels missing (in orange).`,
  maskedAlt: "The same digits in every row, with more pixels missing from row to row",
  completeTitle: "How much of the clustering survives",
  completeCaption:
    "ARI with the clustering of the complete data, mean of the seeds; the band spans them. 1 is the same clustering, 0 is chance.",
  completeAxis: "ARI with the complete data",
  nmiTitle: "How well clusters still match the classes",
  nmiCaption:
    "NMI with the classes, mean of the seeds; the dashed line is the clustering of the complete data.",
  nmiAxis: "NMI with the classes",
  errorTitle: "How far the centroids move",
  errorCaption:
    "Root mean squared difference from the centroids of the complete data, in pixel values.",
  errorAxis: "centroid error",
  iterationsTitle: "How many iterations it takes",
  iterationsCaption: "Iterations until it stopped: median of the seeds; the band spans them.",
  iterationsAxis: "iterations",
  timeTitle: "What it costs",
  timeCaption: "Wall time of one clustering: median of the seeds; the band spans them.",
  timeNoise: (share: string): string =>
    `A prior mean per pixel and mean imputation are the same algorithm, so that their difference, up to ${share}, is measurement noise; smaller ones between other methods show nothing.`,
  timeAxis: "seconds",
  rateAxis: "missing pixels",
  completeReference: "complete data",
  columns: {
    rate: "Missing",
    method: "Method",
    seed: "Seed",
    completeRows: "Complete images",
    nmi: "NMI",
    ari: "ARI",
    nmiToComplete: "NMI with complete data",
    ariToComplete: "ARI with complete data",
    centroidError: "Centroid error",
    iterations: "Iterations",
    seconds: "Seconds",
    failure: "Failed because",
  },
  allRunsTitle: "Every run",
  allRunsCaption: "Each method, at each rate, with each seed.",
  methodsTitle: "The methods",
  headline: (rate: string, method: string): string =>
    `agreement (ARI) with the clustering of the complete data when ${rate} of the pixels are missing (${method})`,
  overSeeds: (low: string, high: string): string => `${low} to ${high} over the seeds`,
  oneSeed: "one seed, so without a range",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
