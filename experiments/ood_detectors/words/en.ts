/** Texts of the page on detectors. */
export const words = {
  name: "Detectors",
  asked: "Which detector is best, and by how much?",
  description: "A leaderboard of out-of-distribution detectors over many kinds of foreign images.",
  question:
    "Many scores claim to tell what a network has never seen. On the same networks, the same data and many kinds of foreign images: which of them do, and is the difference more than luck?",
  classifiers: { "reference": "reference network", "best": "larger network" },
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
  groups: { near: "near sets", far: "far sets" },
  bestPart: (group: string, detector: string, mean: string): string =>
    `${mean} over ${group} (\`${detector}\`)`,
  meanPart: (mean: string, group: string): string => `${mean} over ${group}`,
  findingBest: (
    group: string,
    classifier: string,
    detector: string,
    mean: string,
    lowest: string,
    set: string,
  ): string =>
    `Over ${group}, on the ${classifier}, \`${detector}\` has the highest mean AUROC of the detectors whose rules were settled without looking at such sets: ${mean}, lowest ${lowest} (${set}).`,
  findingAhead: (group: string): string =>
    `Over ${group}, no interval of another of them reaches that of the best.`,
  findingLevel: (group: string, level: string, one: boolean, others: string): string =>
    `Over ${group}, ${level} of the ${others} others ${
      one
        ? "is not shown to be worse: its interval reaches"
        : "are not shown to be worse: their intervals reach"
    } that of the best.`,
  findingElsewhere: (classifier: string, bests: string): string =>
    `On the ${classifier}, whose training was settled after looking at such sets, the highest mean AUROCs are ${bests}.`,
  findingSettled: (detector: string, classifier: string, means: string): string =>
    `Apart from them stands \`${detector}\`, whose rule was settled after looking at such sets; its mean AUROCs on the ${classifier} are ${means}.`,
  findingOneSeed:
    "All of this is from one seed: what another training of the networks would change is not shown, and the intervals speak of other test images only.",
  findingSeeds: (
    group: string,
    detector: string,
    low: string,
    high: string,
    first: string,
    seeds: string,
  ): string =>
    `Over ${group}, the mean AUROC of \`${detector}\` ${
      low === high ? `is ${low} for every seed` : `lies between ${low} and ${high} by seed`
    }, and is the highest for ${first} of ${seeds} seeds.`,
  findingOther: (detector: string, classifier: string, auroc: string, level: string): string =>
    level === ""
      ? `On the other data set, \`${detector}\` leads on the ${classifier} with the first seed (AUROC ${auroc}), significantly ahead of every other detector (DeLong's test, Holm's correction).`
      : `On the other data set, \`${detector}\` leads on the ${classifier} with the first seed (AUROC ${auroc}). DeLong's test with Holm's correction shows no difference from: ${level}.`,
  findingOtherSettled: (detector: string): string =>
    `The rule of \`${detector}\`, which leads there, was settled after looking at such sets.`,
  findingHardest: (set: string, auroc: string, detector: string, level: string): string =>
    level === ""
      ? `The hardest set is ${set}: the best that any detector does on it is AUROC ${auroc} (\`${detector}\`), and the intervals of the best on other sets lie above.`
      : `The lowest of the sets' best AUROCs is ${auroc}, on ${set} (\`${detector}\`); that it is harder than ${level} is not shown.`,
  findingBelow: (
    detectors: string,
    sets: string,
    most: string,
    one: boolean,
    set: string,
    least: string,
    largest: string,
  ): string =>
    `Detectors with an AUROC below 0.5 on some set: ${detectors}, the largest number of them on ${sets} (${most}${
      one ? "" : " each"
    }). On ${set}, ${least} to ${largest} of the foreign images, by detector, score above the median of those that belong.`,
  setNamed: (set: string): string => set,
  findingRightElsewhere:
    "Reversing these scores would mend one set and break another: each of them has an AUROC above 0.5 on some set of the same network, its interval included.",
  detectorOn: (detector: string, classifier: string): string => `\`${detector}\` (${classifier})`,
  findingNowhereRight: (detectors: string): string =>
    `These numbers do not show that the score of ${detectors} is the right way round (a test with made-up rows does): on no set does an interval of its AUROC lie above 0.5.`,
  findingLength: (set: string, ratios: string): string =>
    `On ${set}, the mean length of penultimate activations over that on images that belong is ${ratios}.`,
  lengthPart: (ratio: string, classifier: string): string => `${ratio} (${classifier})`,
  findingThreshold: (low: string, high: string): string =>
    `A threshold that should accept 95% of in-distribution images accepts ${low} to ${high} of fresh ones, by detector, network and seed.`,
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

Near sets are images of the same data set: of classes that were held out, rotated, or blended in
pairs. Far ones come from another data set, or each of their pixels was changed, moved or drawn by
itself. How well they are detected plays no part in this division.

Not everything was chosen without them: the rule of \`weakest-level\`, an addition of ours, and
how the larger network is trained were settled after looking at results on such sets. Their
numbers are not independent evidence of how well they do on other kinds of images; the other
detectors keep their default settings, which are those of their papers where these name them.

A score is high for what is in-distribution. AUROC is the mean over the seeds; its interval, in
the tables, is DeLong's for one seed. Thresholds come from in-distribution images that were held
out.
`,
  samplesAlt: (set: string): string => `Nine small images of the set ${set}`,
  setsTitles: {
    near: "What does not belong: near sets",
    far: "What does not belong: far sets",
  },
  lengthsTitle: "How long activations are",
  lengthsCaption:
    "Mean length of the penultimate activations of each set over that of images that belong, first seed. Scores of logits grow with it.",
  lengthsColumn: (classifier: string): string => `On the ${classifier}`,
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
    "AUROC by detector (row, the best over near sets first, what was settled after looking last) and set (column, near ones first), mean of the seeds; the stronger the colour of a cell, the farther it is from chance, 0.5, and below it in the other colour.",
  boardRows: "detector",
  boardColumns: "set",
  meanColumns: { near: "Mean, near", far: "Mean, far" },
  otherTitle: (classifier: string): string =>
    `Telling the other data set apart, on the ${classifier}`,
  otherCaption: "One circle per seed; the bar marks their mean.",
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
    above: "OOD above the ID median",
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
    logits: "the logits",
    penultimate: "the penultimate activations",
    layers: "the hidden layers",
    pixels: "the pixels",
  },
  looksAtNothing: "Looks at nothing: a check of the protocol.",
  looksAtParts: (parts: string): string => `Looks at ${parts}.`,
  headline: (detector: string, sets: string, group: string, other: string): string =>
    `mean AUROC of \`${detector}\` over ${group} (${sets}), the highest of the rules that saw none of them${
      other === "" ? "" : `; ${other}`
    }`,
  widestInterval: (range: string): string => `95% interval no wider than ${range}`,
  reached: (level: string, others: string): string =>
    `others not shown to be worse: ${level} of ${others}`,
  oneSeed: "one seed",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
