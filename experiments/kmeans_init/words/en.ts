import type { KMeansStart } from "../result.ts";
/** Texts of the page on k-means. */
export const words = {
  name: "Starts of k-means",
  asked: "Are similar images grouped together, and does the start matter?",
  description: "k-means from three starts: iterations, inertia, and which classes share clusters.",
  question:
    "Are similar images grouped together, and which digits fail? Does it matter whether k-means starts from random images, from k-means++ or from the class means?",
  starts: {
    "random": "random",
    "k-means++": "k-means++",
    "class-means": "class means",
  } satisfies Record<KMeansStart, string>,
  startsInProse: {
    "random": "random images",
    "k-means++": "k-means++",
    "class-means": "the class means",
  } satisfies Record<KMeansStart, string>,
  coverCaption: (clusters: string, images: string, start: string, told: boolean): string =>
    `The ${clusters} centroids that k-means found in ${images} images, starting from ${start}${
      told ? "" : ", without being told their classes"
    }.`,
  findingGrouped: (purity: string, start: string, nmi: string, ari: string): string =>
    `Similar images are grouped together, but clusters are not classes: in the run with the lowest inertia (from ${start}), ${purity} of the images lie in a cluster whose majority is their class (NMI ${nmi}, ARI ${ari}).`,
  findingWorst: (classes: string, one: boolean): string =>
    `In that run, the ${
      one ? "class found least is" : "classes found least are"
    } ${classes} (share that lies in clusters where the class is the majority).`,
  findingFail: (classes: string): string =>
    `From every start, the best run finds less than half of the images of ${classes}.`,
  findingNoneFail:
    "No class fails from every start: of each, the best run from some start finds at least half.",
  findingShared: (pairs: string): string => `The classes that share clusters most are ${pairs}.`,
  findingPair: (a: string, b: string, countA: string, countB: string): string =>
    `${a} with ${b} (${countA} and ${countB} images in one cluster)`,
  findingAgain: (total: string, start: string, counts: string): string =>
    `Of the ${total} clusters from ${start}, ${counts} (more than half of the images of both in common).`,
  findingAgainFrom: (count: string, start: string): string =>
    `${count} come out from ${start} as well`,
  findingMeansPurer: (means: string, low: string, high: string, runs: string): string =>
    `The class means, which know the answer, end in purer clusters than the ${runs} runs from other starts: ${means} of the images against ${low} to ${high}.`,
  findingMeansAlike: (means: string, low: string, high: string, runs: string): string =>
    `The class means, which know the answer, end in clusters as pure as those of the ${runs} runs from other starts: ${means} of the images, within ${low} to ${high}.`,
  findingMeansLessPure: (means: string, low: string, high: string, runs: string): string =>
    `The class means know the answer, and yet end in less pure clusters than the ${runs} runs from other starts: ${means} of the images against ${low} to ${high}.`,
  findingIterationsFew: (start: string, iterations: string): string =>
    `From ${start}, k-means takes ${iterations} iterations.`,
  findingIterations: (start: string, middle: string, low: string, high: string): string =>
    low === high
      ? `From ${start}, k-means takes ${middle} iterations.`
      : `From ${start}, k-means takes ${middle} iterations in the median (${low} to ${high}).`,
  findingLowest: (start: string, inertia: string, other: string): string =>
    `The run that ends with the lowest inertia starts from ${start}: there, a pixel differs from its centroid by ${inertia} grey levels (root mean square); the best run from another start ends with ${other} more inertia.`,
  findingLowestLevel: (start: string, other: string, inertia: string): string =>
    `The run that ends with the lowest inertia starts from ${start}: there, a pixel differs from its centroid by ${inertia} grey levels (root mean square); the best run from ${other} ends within 0.001% of that inertia.`,
  range: (low: string, high: string): string => `${low} to ${high}`,
  findingPlusPlusLower: (plus: string, random: string): string =>
    `Every run from k-means++ ended at a lower inertia than every run from random images: ${plus} grey levels per pixel against ${random}.`,
  findingPlusPlusHigher: (plus: string, random: string): string =>
    `Every run from k-means++ ended at a higher inertia than every run from random images: ${plus} grey levels per pixel against ${random}.`,
  findingPlusPlusOpen: (plus: string, random: string): string =>
    `Between k-means++ (${plus} grey levels per pixel) and random images (${random}), no difference is shown by these runs.`,
  findingPlusPlusFew: (plus: string, random: string): string =>
    `From k-means++, runs end at ${plus} grey levels per pixel, from random images at ${random}; so few runs cannot show which start ends lower.`,
  findingNotConverged: (count: string, total: string): string =>
    `${count} of ${total} runs stopped at the iteration limit before they converged.`,
  method: (clusters: string, runs: string, maximum: string): string => `
Lloyd's algorithm with $K = ${clusters}$ ran to convergence (until nothing moves) on the raw pixels
of the training set, ${runs} times in all. The start from the class means has no randomness and
runs once; the others run once per seed. One start is said to end lower than another only where all
of its runs do, and where there are so many that chance would separate equal starts in this way
in at most 5% of cases: 4 runs of each at least.

Inertia is the sum of squared distances of all images to their centroid, in squared pixel values.
The page gives its root per image and pixel: the root mean square of the grey levels, from 0 to
${maximum}, by which a pixel differs from its centroid. The clusters of all starts stand in one
order: each is matched with a cluster of the run that ends lowest, so that the sum of squared
differences of all centroids is least. The best run from a start is the one with the lowest inertia;
another may match the classes better.

The labels are used to judge the clusters, and for the start from the class means, never by the
algorithm itself.
`,
  iterationsTitle: "How many iterations each start takes",
  iterationsCaption: "One circle per run; the bar marks the median.",
  iterationsAxis: "iterations to convergence",
  inertiaTitle: "Where each start ends",
  inertiaCaption:
    "Root mean squared difference of a pixel from its centroid. One circle per run, the lower the better; the bar marks the mean.",
  inertiaAxis: "grey levels per pixel at the end",
  curvesTitle: "Inertia falls steeply, then slowly",
  curvesCaption:
    "The best run of each start in full colour, the others faint. What lies far above the end of the runs, such as the first iteration of a poor start, is left out.",
  curvesX: "iteration (logarithmic)",
  curvesY: "grey levels per pixel",
  qualityTitle: "How well clusters match classes",
  qualityCaption:
    "Purity: share of images in a cluster whose majority is their class. NMI and ARI compare the two partitions, 1 is perfect and ARI 0 is chance.",
  qualityAxis: "agreement with the classes",
  runColumns: {
    start: "Start",
    seed: "Seed",
    iterations: "Iterations",
    converged: "Converged",
    inertia: "Inertia",
    greyLevels: "Grey levels per pixel",
    purity: "Purity",
    nmi: "NMI",
    ari: "ARI",
    seconds: "Seconds",
    iteration: "Iteration",
  },
  recallTitle: "Which digits are found, and which are not",
  recallCaption:
    "Share of each class that lies in clusters where it is the majority. A class at 0 has no cluster of its own.",
  recallAxis: "share found",
  classColumn: "Class",
  startHeading: (start: string): string => `From ${start}`,
  startIntro: (seed: string, iterations: string, levels: string): string =>
    `The best run from this start: seed ${seed}, iterations: ${iterations}, ${levels} grey levels per pixel.`,
  contingencyTitle: (start: string): string => `Which classes are in which clusters, from ${start}`,
  contingencyCaption:
    "Images by class (row) and cluster (column); the stronger the colour of a cell, the larger its share of its class. Clusters stand in the same order from every start.",
  contingencyRows: "class",
  contingencyColumns: "cluster, by its majority",
  centroidsTitle: (start: string): string => `The clusters from ${start}`,
  centroidsCaption:
    "For each cluster its centroid, its most frequent class and its size; then the ten images nearest to the centroid and the ten farthest from it, which are where the cluster fails.",
  centroidAlt: (majority: string): string =>
    `Centroid of a cluster whose most frequent class is ${majority}`,
  clusterMajority: (majority: string, share: string): string => `mostly ${majority} (${share})`,
  clusterSize: (size: string, one: boolean): string => `${size} ${one ? "image" : "images"}`,
  clusterShared: (share: string): string => `${share} in common`,
  nearest: "nearest",
  farthest: "farthest",
  nearestAlt: (majority: string): string =>
    `The images nearest to the centroid of the cluster of ${majority}`,
  farthestAlt: (majority: string): string =>
    `The images farthest from the centroid of the cluster of ${majority}`,
  framesTitle: "How the centroids move",
  framesCaption:
    "The best run from each start, side by side: its centroids, each in the place of the one that it matches in the end, and by how much a pixel differs from its centroid, which the bar shows from zero, at some of the iterations from the start to the end. A run that has ended stays as it is.",
  frame: (iteration: string): string => `iteration ${iteration}`,
  frameLast: (iteration: string): string => `iteration ${iteration}, its last`,
  frameInertia: (levels: string): string => `${levels} grey levels per pixel`,
  frameAlt: (start: string, iteration: string): string =>
    `The centroids from ${start} at iteration ${iteration}`,
  matchedTitle: "Which clusters come out from every start",
  matchedCaption: (start: string): string =>
    `The clusters of the best run from each start, each below the one from ${start} that it matches. Percentages: the images in both, as a share of those in either.`,
  matchedReference: (start: string): string => `${start}, the lowest inertia`,
  sharedColumn: (start: string): string => `In common, ${start}`,
  differenceColumn: (start: string): string => `Difference, ${start}`,
  clusterColumn: "Cluster",
  sizeColumn: "Size",
  majorityColumn: "Majority",
  headline: "of images lie in a cluster whose majority is their class, in the median run",
  overRuns: (low: string, high: string, runs: string): string =>
    `${low} to ${high} over ${runs} runs`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
