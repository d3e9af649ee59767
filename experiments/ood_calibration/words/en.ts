/** Texts of the page on calibrated decisions. */
export const words = {
  name: "Calibration of detectors",
  asked: "Do thresholds keep what they promise?",
  description:
    "Do thresholds, p-values and false discovery rates of detectors keep their promises?",
  question:
    "To use a detector, someone must set a threshold. Does a threshold that should accept 95% of what belongs do so on fresh data, are the p-values uniform, and is the promised share of false alarms kept?",
  findingTpr: (wanted: string, low: string, high: string): string =>
    `Thresholds that should accept ${wanted} accept ${low} to ${high} of fresh in-distribution images (means over splits, by detector).`,
  findingUniform: (count: string, total: string): string =>
    `The p-values of ${count} of ${total} detectors cannot be distinguished from uniform ones (Kolmogorov–Smirnov, 5%).`,
  findingFdr: (kept: string, total: string): string =>
    `The mean false discovery rate of the batches is at or below what was asked for in ${kept} of ${total} settings.`,
  findingFdrWorst: (
    detector: string,
    rate: string,
    wanted: string,
    share: string,
    low: string,
    high: string,
  ): string =>
    `The promise is broken most by \`${detector}\`: a rate of ${rate} (95% interval ${low} to ${high} over batches) where ${wanted} was asked for, with ${share} out-of-distribution images.`,
  findingFdrOpen: (
    detector: string,
    rate: string,
    wanted: string,
    share: string,
    low: string,
    high: string,
  ): string =>
    `What was asked for is exceeded most by \`${detector}\`, with ${rate} where ${wanted} was asked for and ${share} of the images are out-of-distribution; the 95% interval over batches, ${low} to ${high}, does not show that the promise is broken.`,
  findingSilent: (count: string, most: string): string =>
    `Settings in which it is kept by reporting next to nothing: ${count}; there, at most ${most} of what is out-of-distribution is reported.`,
  method: (
    splits: string,
    calibration: string,
    fresh: string,
    batches: string,
    batch: string,
  ): string => `
In-distribution test images were split at random ${splits} times: ${calibration} set the threshold
and the p-values, ${fresh} fresh ones tried them. A p-value is the share of calibration images that
score as low or lower (split conformal).

Benjamini and Hochberg's procedure was run on the p-values of ${batches} batches of ${batch} images,
some of which do not belong. Its false discovery rate is the share of reported images that do
belong. All batches have the p-values of the first split: what another calibration would change is
not in the intervals.
`,
  tprTitle: (wanted: string): string => `Thresholds that should accept ${wanted}`,
  tprCaption:
    "Share of fresh in-distribution images accepted: one circle per split; the bar marks the mean.",
  tprAxis: "accepted",
  pTitle: "Are p-values uniform?",
  pCaption:
    "Share of fresh in-distribution p-values up to each value. Uniform p-values lie on the diagonal.",
  pX: "p-value",
  pY: "share of images up to it",
  fdrTitle: (share: string): string => `False discoveries when ${share} of a batch does not belong`,
  fdrCaption:
    "False discovery rate over batches against the rate asked for; below the dashed line the promise is kept.",
  fdrX: "rate asked for",
  fdrY: "false discovery rate",
  columns: {
    detector: "Detector",
    wanted: "Wanted",
    mean: "Mean",
    deviation: "Deviation",
    distance: "KS distance",
    critical: "Critical",
    rows: "Rows",
    fdr: "FDR",
    power: "Power",
  },
  headline: (wanted: string): string =>
    `of fresh images are accepted on average by thresholds that should accept ${wanted}`,
  overSplits: (low: string, high: string, detectors: string): string =>
    `${low} to ${high} over the splits of ${detectors} detectors`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
