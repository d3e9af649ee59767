import type { Criterion } from "../findings.ts";

/** Texts of the page on the number of clusters. */
export const words = {
  name: "Number of clusters",
  asked: "How many clusters do the images form, and is that the number of classes?",
  description: "Choosing the number of clusters of k-means by silhouette and by the elbow.",
  question:
    "k-means must be told the number of clusters. Do silhouette and the elbow of inertia, which know no labels, choose the number of classes?",
  findingSilhouette: (clusters: string, value: string, spread: string): string =>
    `Mean silhouette is highest at ${clusters} clusters: ${value} (${spread}).`,
  findingElbow: (clusters: string, value: string, spread: string): string =>
    `The elbow, the largest mean second difference of inertia, is at ${clusters} clusters: ${value} squared grey levels per pixel (${spread}).`,
  findingAmi: (clusters: string, value: string, spread: string): string =>
    `Mean agreement with the classes (AMI) is highest at ${clusters} clusters: ${value} (${spread}).`,
  findingAmiAtClasses: (classes: string, value: string, spread: string): string =>
    `At ${classes} clusters, one per class, it is ${value} (${spread}).`,
  overSeeds: (low: string, high: string, seeds: string): string =>
    `${low} to ${high} over ${seeds} seeds`,
  oneSeed: "one seed",
  findingClear: "No other number of clusters has a range that overlaps with this one.",
  findingOpen: (rivals: string, one: boolean): string =>
    `The ${one ? "range" : "ranges"} at ${rivals} clusters ${
      one ? "overlaps" : "overlap"
    } with this one, so these seeds do not settle the choice.`,
  findingUnknown: "One seed cannot show how certain that choice is.",
  edges: {
    smallest:
      "That is the smallest number that could be chosen: the choice lies at the edge of what was tried.",
    largest:
      "That is the largest number that could be chosen: the choice lies at the edge of what was tried.",
  },
  findingClasses: (classes: string, silhouette: string, elbow: string): string =>
    `The images have ${classes} classes: ${silhouette}, and ${elbow}.`,
  verdicts: {
    silhouette: {
      chosen: "silhouette chooses that number of clusters",
      open: "silhouette leaves that number open",
      missed: "silhouette does not choose that number",
    },
    elbow: {
      chosen: "the elbow is there",
      open: "the elbow may be there",
      missed: "the elbow is elsewhere",
    },
  },
  findingWeak: (value: string, mark: string): string =>
    `Even the highest silhouette of all runs, ${value}, stays below ${mark}, where Kaufman and Rousseeuw (1990) see no substantial structure.`,
  findingInertia: (first: string, last: string, share: string): string =>
    `From ${first} to ${last} clusters, mean inertia falls at every step, by ${share} in all: the lowest inertia is that of the most clusters, so it chooses nothing.`,
  findingNotConverged: (count: string, total: string): string =>
    `${count} of ${total} runs stopped at the iteration limit before they converged.`,
  method: (
    { rows, drawn, first, last, seeds }: Readonly<
      Record<"rows" | "first" | "last" | "seeds", string> & { drawn: string | null }
    >,
  ): string =>
    [
      `k-means ran from k-means++ starts on the raw pixels of ${rows} training images with each number of clusters $K$ from ${first} to ${last}, until nothing moved; number of seeds: ${seeds}. Labels judge the clusters afterwards; the algorithm never sees them.`,
      `Silhouette compares the distances of an image within its cluster and to the next cluster, from −1 to 1. Each value is the mean over ${
        drawn === null
          ? "all images"
          : `${drawn} images, drawn once per seed and the same for every number of clusters`
      }. The elbow is where the second difference of inertia, $I_{K-1} - 2 I_K + I_{K+1}$, is largest; it needs both neighbours, so neither the first nor the last $K$ can be chosen. AMI (adjusted mutual information) is 1 where clusters are the classes, and 0 on average for random clusters.`,
      "A choice counts as settled only if no other range over the seeds overlaps with its own.",
    ].join("\n\n"),
  choicesTitle: "The choices beside the number of classes",
  choices: {
    silhouette: "Silhouette",
    elbow: "Elbow (second difference)",
    ami: "AMI (knows the labels)",
  } satisfies Record<Criterion, string>,
  classesRow: "Classes",
  classesLine: (count: string): string => `${count} classes`,
  inertiaTitle: "Inertia by number of clusters",
  inertiaCaption:
    "Sum of squared distances to the nearest centroid, per image and pixel, in squared grey levels; mean of the seeds, and the band spans them. The ring marks the elbow.",
  inertiaAxis: "inertia per pixel",
  elbowTitle: "How sharply inertia bends",
  elbowCaption:
    "Second difference of inertia per pixel, mean of the seeds; the band spans them. The ring marks the largest mean.",
  elbowAxis: "second difference per pixel",
  silhouetteTitle: "How well clusters are separated",
  silhouetteCaption: (rows: string): string =>
    `Mean silhouette of ${rows} images, mean of the seeds; the band spans them. The ring marks the largest mean.`,
  silhouetteAxis: "silhouette",
  amiTitle: "How well clusters match the classes",
  amiCaption:
    "AMI with the classes, mean of the seeds; the band spans them. The ring marks the largest mean.",
  amiAxis: "AMI",
  clustersAxis: "number of clusters",
  columns: {
    criterion: "Criterion",
    clusters: "Clusters",
    rivals: "Overlapping ranges",
    mean: "Mean",
    low: "Lowest",
    high: "Highest",
    seed: "Seed",
    inertia: "Inertia per pixel",
    silhouette: "Silhouette",
    ami: "AMI",
    iterations: "Iterations",
    converged: "Converged",
  },
  allRunsTitle: "Every run",
  allRunsCaption: "Each seed with each number of clusters.",
  headline: (elbow: string, classes: string): string =>
    `clusters by silhouette and ${elbow} by the elbow, for images of ${classes} classes`,
  headlineClear: (seeds: string): string => `no other range overlaps over ${seeds} seeds`,
  headlineUnsettled: (seeds: string, open: string): string => `over ${seeds} seeds, ${open}`,
  headlineOpen: {
    silhouette: (rivals: string): string => `silhouette leaves ${rivals} open`,
    elbow: (rivals: string): string => `the elbow leaves ${rivals} open`,
  },
  headlineOneSeed: "one seed, so without a range",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
