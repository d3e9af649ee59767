/** Texts of the page on detectors. */
export const words = {
  name: "Detectors",
  asked: "Which detector notices best, and by how much?",
  title: "Detectors",
  description: "A leaderboard of out-of-distribution detectors over many kinds of foreign images.",
  heading: "Which detector notices what does not belong?",
  question:
    "Many scores claim to tell what a network has never seen. On the same networks, the same data and many kinds of foreign images: which of them do, and is the difference more than luck?",
  classifiers: { "reference": "reference network", "best": "better network" },
  sets: {
    "other-data-set": "other data set",
    "rotated": "rotated",
    "inverted": "inverted",
    "shuffled-pixels": "shuffled pixels",
    "gaussian-noise": "Gaussian noise",
    "uniform-noise": "uniform noise",
    "blended": "blended",
    "held-out-classes": "held-out classes",
  },
  findingBest: (
    detector: string,
    classifier: string,
    mean: string,
    lowest: string,
    set: string,
  ): string =>
    `Of the detectors whose rules were settled without looking at such sets, the best on average over all of them is \`${detector}\` on the ${classifier}: mean AUROC ${mean}, lowest ${lowest} (${set}).`,
  findingSettled: (detector: string, classifier: string, mean: string): string =>
    `Apart from them stands \`${detector}\`, whose rule was settled after looking at such sets: mean AUROC ${mean} on the ${classifier}.`,
  findingOther: (detector: string, classifier: string, auroc: string, level: string): string =>
    level === ""
      ? `On the other data set, \`${detector}\` leads on the ${classifier} (AUROC ${auroc}), significantly ahead of every other detector (DeLong's test, Holm's correction).`
      : `On the other data set, \`${detector}\` leads on the ${classifier} (AUROC ${auroc}). DeLong's test with Holm's correction shows no difference from: ${level}.`,
  findingHardest: (set: string, auroc: string, detector: string): string =>
    `The hardest set is ${set}: the best any detector does on it is AUROC ${auroc} (\`${detector}\`).`,
  findingBelow: (detectors: string, set: string, most: string): string =>
    `Detectors with an AUROC below 0.5 on some set: ${detectors}, most of them on ${set} (${most}). There the score is the right way round and yet higher than for digits: they take those images for more ordinary than digits are.`,
  findingThreshold: (low: string, high: string): string =>
    `A threshold that should accept 95% of in-distribution images accepts ${low} to ${high} of fresh ones.`,
  method: (
    detectors: string,
    sets: string,
    seeds: string,
    oneSeed: boolean,
    fitted: string,
  ): string => `
${detectors} detectors were fitted on the activations of ${fitted} training images, on two networks
(${seeds} ${oneSeed ? "seed" : "seeds"} each), and scored on ${sets} sets of images that do not
belong. No detector and no network was fitted on any of those sets.

Not everything was chosen without them: the rule of \`weakest-level\`, an addition of ours, and
how the better network is trained were settled after looking at results on such sets. Their
numbers are no clean evidence of how well they do on images of yet another kind; the other
detectors have the settings of their papers.

A score is high for what is in-distribution. AUROC is the mean over the seeds; its interval, in
the tables, is DeLong's for one seed. Thresholds come from in-distribution images that were held
out.
`,
  samplesAlt: (set: string): string => `Nine small images of the set ${set}`,
  setsTitle: "What does not belong",
  networksTitle: "The networks",
  networkColumns: {
    network: "Network",
    parameters: "Weights and biases",
    epochs: "Epochs",
    batch: "Batch",
    rate: "First step of Adam",
    decay: "Weight decay",
    smoothing: "Label smoothing",
    copies: "Changed copies of each image",
    accuracy: "Test accuracy, mean of the seeds",
  },
  boardTitle: (classifier: string): string => `The leaderboard on the ${classifier}`,
  boardCaption:
    "AUROC by detector (row, the best on average first) and set (column), mean of the seeds; the stronger the colour of a cell, the farther it is from chance, 0.5, and below it in the other colour.",
  boardRows: "detector",
  boardColumns: "set",
  meanColumn: "Mean",
  otherTitle: (classifier: string): string => `Telling the other data set, on the ${classifier}`,
  otherCaption: "One circle a seed; the bar marks their mean.",
  aurocAxis: "AUROC",
  scoresTitle: "Every score",
  scoresCaption:
    "Each network, seed, detector and set, with DeLong's interval of AUROC, and whether it is significantly behind the best detector of the set (first seed).",
  columns: {
    classifier: "Network",
    seed: "Seed",
    detector: "Detector",
    set: "Set",
    auroc: "AUROC",
    low: "95% from",
    high: "95% to",
    behind: "Behind the best",
    auprIn: "AUPR in",
    auprOut: "AUPR out",
    fpr: "FPR95",
    achieved: "ID accepted at 95%",
    accepted: "OOD accepted at 95%",
  },
  comparisonsTitle: "Is the best better by more than luck?",
  comparisonsCaption: "The best detector of each set against each other one, first seed.",
  comparisonColumns: {
    classifier: "Network",
    set: "Set",
    best: "Best",
    other: "Other",
    difference: "Difference",
    pValue: "p-value",
    significant: "Significant",
  },
  fitsTitle: "What detectors cost, and what fitting reported",
  fitsCaption: "Wall time of fitting and of scoring, activations given, first seed.",
  fitColumns: {
    classifier: "Network",
    detector: "Detector",
    fit: "Fit, ms",
    score: "Score, ms",
    notes: "Notes",
  },
  sourcesTitle: "The detectors and where they come from",
  looksAt: {
    nothing: "looks at nothing: a check of the protocol",
    logits: "looks at the logits",
    penultimate: "looks at the penultimate activations",
    layers: "looks at several layers",
    pixels: "looks at the pixels",
  },
  headline: (detector: string, sets: string, lowest: string): string =>
    `mean AUROC of \`${detector}\` over ${sets} kinds of foreign images, the best whose rule saw none of them (lowest: ${lowest})`,
  widestInterval: (range: string): string => `95% interval no wider than ${range}`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
