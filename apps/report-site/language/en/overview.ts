/** Texts of the overview. */
export const overview = {
  title: "Overview",
  description: "What Mixtape's experiments found, on one page.",
  heading: "Which images belong together, and which do not belong at all?",
  standfirst:
    "k-means, Gaussian mixtures, a small neural network and out-of-distribution detection, run for real, with every number traceable to the run that made it.",
  headlines: "What was asked, and the answers",
  asked: {
    data: "What is there to look at?",
    kmeans: "Are similar images grouped together, and does the start matter?",
    missing: "Can images be grouped when many of their pixels are missing?",
    classifier: "How well does a small network tell the classes apart?",
    mixtures: "Does a mixture on its features notice what does not belong?",
    detectors: "Which detector notices best, and by how much?",
    collapse: "What does weight decay do to the features?",
    calibration: "Do thresholds keep what they promise?",
    notebook: "Why did the original notebook's mixtures not notice?",
    derivations: "Are the pen-and-paper answers right?",
  },
  interval: (range: string): string => `95% interval ${range}`,
  widestInterval: (range: string): string => `95% interval no wider than ${range}`,
  overRuns: (low: string, high: string, runs: string): string =>
    `${low} to ${high} over ${runs} runs`,
  overSeeds: (low: string, high: string): string => `${low} to ${high} over the seeds`,
  overSplits: (low: string, high: string, detectors: string): string =>
    `${low} to ${high} over the splits of ${detectors} detectors`,
  oneSeed: "one seed, so without a range",
  oneNetwork: "one network each, so without an interval",
  more: (title: string): string => `More: ${title}`,
  notRun: "Not run yet",
  notRunBody: "These experiments have no result yet. Each line is the command that makes one.",
  changes: "What changed since the previous run",
  runs: "How long it took, and where",
  runsBody: (experiments: string, total: string): string =>
    `${experiments} experiments took ${total} in all.`,
  where: (machine: string, os: string, backend: string, deno: string): string =>
    `They ran on ${machine}, ${os}, ${backend}, Deno ${deno}.`,
  runsColumns: {
    experiment: "Experiment",
    elapsed: "Seconds",
    profile: "Profile",
    seed: "Seed",
    backend: "Backend",
    commit: "Commit",
  },
  dataHeadline: (rows: string, classes: string): string =>
    `training images in ${classes} classes; ${rows} more to test on`,
  kmeansHeadline: (start: string): string =>
    `of images lie in a cluster whose majority is their class (best run, from ${start})`,
  missingHeadline: (rate: string, method: string): string =>
    `agreement (ARI) with the clustering of the complete data when ${rate} of the pixels are missing (${method})`,
  classifierHeadline: "of test images are classified correctly",
  notebookHeadline: (corrected: string): string =>
    `best AUC under the notebook's protocol; ${corrected} once its labels are turned the right way round`,
  mixturesHeadline: (components: string, decay: string): string =>
    `AUROC of a mixture of ${components}, chosen without looking at what it should reject (weight decay ${decay})`,
  detectorsHeadline: (detector: string, sets: string, lowest: string): string =>
    `mean AUROC of \`${detector}\`, the best detector over ${sets} kinds of foreign images (lowest: ${lowest})`,
  collapseHeadline: (units: string, decay: string, low: string): string =>
    `of ${units} directions are used by the features at weight decay ${decay}, against ${low} at the lowest`,
  calibrationHeadline: (wanted: string): string =>
    `of fresh images are accepted on average by thresholds that should accept ${wanted}`,
  derivationsHeadline: (passed: string, total: string): string =>
    passed === total
      ? "statements of the two derivations hold when a machine checks them"
      : `of ${total} statements of the two derivations hold when a machine checks them`,
};
