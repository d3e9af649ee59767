/** Texts of the overview. */
export const overview = {
  title: "Overview",
  description: "What Mixtape's experiments found, on one page.",
  heading: "Which images belong together, and which do not belong at all?",
  standfirst:
    "k-means, Gaussian mixtures, a small neural network and out-of-distribution detection, run for real, with every number traceable to the run that made it.",
  headlines: "The answers",
  more: (title: string): string => `More: ${title}`,
  notRun: "Not run yet",
  notRunBody: "These experiments have no result yet. Each line is the command that makes one.",
  changes: "What changed since the previous run",
  runs: "How long it took, and where",
  runsBody: (experiments: string, total: string): string =>
    `${experiments} experiments took ${total} in all.`,
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
  classifierHeadline: (interval: string): string =>
    `of test images are classified correctly (95% interval ${interval})`,
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
