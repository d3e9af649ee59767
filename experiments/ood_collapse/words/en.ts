/** Texts of the page on collapsed activations. */
export const words = {
  name: "Collapse of activations",
  asked: "What does weight decay do to the activations?",
  description:
    "What weight decay does to a network's activations, and to detecting what does not belong.",
  question:
    "Some mixtures on the penultimate activations detect what does not belong better than others. What does weight decay do to those activations, and does scaling them to length 1 change how well it is detected?",
  findingRank: (
    low: string,
    lowRank: string,
    high: string,
    highRank: string,
    units: string,
  ): string =>
    `At weight decay ${low} the activations use ${lowRank} of ${units} directions, at ${high} they use ${highRank} (effective rank, one network each).`,
  findingScatter: (low: string, lowRatio: string, high: string, highRatio: string): string =>
    `The scatter within classes is ${lowRatio} times that between them at weight decay ${low}, and ${highRatio} at ${high}.`,
  findingScatterRises: (
    low: string,
    lowRatio: string,
    high: string,
    highRatio: string,
  ): string =>
    `The scatter within classes rises from ${lowRatio} times that between them at weight decay ${low} to ${highRatio} at ${high}: by this measure classes do not collapse to points.`,
  findingScatterFalls: (
    low: string,
    lowRatio: string,
    high: string,
    highRatio: string,
  ): string =>
    `The scatter within classes falls from ${lowRatio} times that between them at weight decay ${low} to ${highRatio} at ${high}, as where classes collapse to points.`,
  findingScalingHelps: (decay: string, raw: string, scaled: string): string =>
    `On the network with weight decay ${decay}, scaling activations to length 1 helps: the best AUROC is ${scaled}, against ${raw} without, and their intervals do not overlap.`,
  findingScalingHurts: (decay: string, raw: string, scaled: string): string =>
    `On the network with weight decay ${decay}, scaling activations to length 1 hurts: the best AUROC is ${scaled}, against ${raw} without, and their intervals do not overlap.`,
  findingScalingOpen: (decay: string, raw: string, scaled: string): string =>
    `On the network with weight decay ${decay}, scaling activations to length 1 is not shown to make a difference: the best AUROC is ${scaled}, against ${raw} without.`,
  findingCorrelation: (
    measure: string,
    value: string,
    mixtures: string,
    networks: string,
  ): string =>
    `Over ${mixtures} mixtures on ${networks} networks, the rank correlation (Spearman) of AUROC with ${measure} is ${value}; so few networks cannot show that one follows from the other.`,
  measures: {
    "effective-rank": "effective rank",
    "within-over-between": "the ratio of the scatter within classes to that between them",
  },
  findingCollapsed: (count: string, total: string): string =>
    `${count} of ${total} mixtures could not be fitted: a component collapsed.`,
  method: `
Networks that differ in nothing but weight decay were trained, and their penultimate activations
measured: how many directions they use, how tight classes are relative to the distance between them
(the first measure of neural collapse, 0 when every class is a point), and how equal the lengths
and angles of the class means are.

Mixtures were fitted to the activations as they are, and to the activations scaled to length 1 each.
`,
  decayName: (decay: string): string => `decay ${decay}`,
  spectrumTitle: "How the variance spreads over directions",
  spectrumCaption:
    "Eigenvalues of the activations' covariance as shares of their sum, the largest first.",
  spectrumX: "direction",
  spectrumY: "share of variance (logarithmic)",
  normalizations: { none: "as they are", l2: "scaled to length 1" },
  aurocTitle: (normalization: string): string =>
    `AUROC of mixtures on activations ${normalization}`,
  aurocCaption: "By components, one line per weight decay; a gap where a component collapsed.",
  aurocAxis: "AUROC",
  componentsAxis: "components",
  chance: "chance",
  measuresTitle: "The measures",
  columns: {
    decay: "Weight decay",
    accuracy: "Accuracy",
    rank: "Effective rank",
    within: "Within over between",
    lengths: "Variation of lengths",
    angles: "Variation of angles",
    inside: "Mean length, ID",
    outside: "Mean length, OOD",
  },
  headline: (units: string, decay: string, low: string): string =>
    `of ${units} directions are used by the activations at weight decay ${decay}, against ${low} at the lowest`,
  oneNetwork: "one network each, so without an interval",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
