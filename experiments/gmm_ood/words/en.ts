/** Texts of the page on mixtures and out-of-distribution detection. */
export const words = {
  name: "Mixtures and OOD",
  asked: "Does a mixture on a network's activations notice what does not belong?",
  description:
    "How well Gaussian mixtures on a network's activations tell what does not belong, by components and by weight decay.",
  question:
    "A Gaussian mixture learns where the penultimate activations of training digits lie. How well does its density tell test digits from images of something else, how many components should it have, and what does weight decay do to it?",
  coverCaption: (inside: string, outside: string): string =>
    `Test images of ${inside} (in-distribution) and of ${outside} (out-of-distribution) by their log-density under the mixture: the lower, the less they belong.`,
  findingBest: (auroc: string, fpr: string, components: string, decay: string): string =>
    `Chosen without a look at out-of-distribution data (the most accurate network, weight decay ${decay}; the components by BIC, ${components}), the mixture reaches AUROC ${auroc} and accepts ${fpr} of the out-of-distribution images when it accepts 95% of the in-distribution ones.`,
  findingDecay: (
    low: string,
    lowAuroc: string,
    high: string,
    highAuroc: string,
    components: string,
  ): string =>
    `With ${components}, AUROC is ${lowAuroc} at weight decay ${low} and ${highAuroc} at ${high}, on one network each.`,
  findingRank: (
    low: string,
    lowRank: string,
    high: string,
    highRank: string,
    units: string,
  ): string =>
    `The activations use ${lowRank} of ${units} directions at weight decay ${low} and ${highRank} at ${high} (effective rank, one network each).`,
  findingDecayOpen: (decays: string): string =>
    `The intervals of its accuracy and of that at weight decay ${decays} overlap, so accuracy does not settle the choice of the network.`,
  findingEdge: (choices: string): string =>
    `The largest number of components that was tried is the choice ${choices}: a larger one may be better.`,
  choicesOf: {
    byBic: "of BIC",
    byHeldOut: "of held-out log-density",
    oracle: "of the oracle",
  },
  edgePart: (choices: string, decays: string): string => `${choices} ${decays}`,
  everyDecay: "at every weight decay",
  atDecays: (decays: string): string => `at weight decay ${decays}`,
  findingOracle: (gap: string): string =>
    `Knowing the out-of-distribution images would gain at most ${gap} of AUROC over choosing by BIC among the numbers that were tried.`,
  findingOracleSame:
    "Among the numbers that were tried, knowing the out-of-distribution images would not have chosen a better one than BIC did.",
  findingSoftmaxWorse: (softmax: string, mixture: string): string =>
    `The network's own confidence, the maximum softmax probability, is behind it: AUROC ${softmax} against ${mixture}, and their intervals do not overlap.`,
  findingSoftmaxBetter: (softmax: string, mixture: string): string =>
    `The network's own confidence, the maximum softmax probability, is ahead of it: AUROC ${softmax} against ${mixture}, and their intervals do not overlap.`,
  findingSoftmaxOpen: (softmax: string, mixture: string): string =>
    `Between the network's own confidence, the maximum softmax probability (AUROC ${softmax}), and the mixture (${mixture}) no difference is shown.`,
  findingSoftmaxElsewhere: (decays: string): string =>
    `Elsewhere the network's own confidence has the larger AUROC: ${decays}.`,
  softmaxAt: (decay: string, softmax: string, mixture: string, shown: boolean): string =>
    `at weight decay ${decay}, ${softmax} against ${mixture} of the mixture${
      shown ? " (their intervals do not overlap)" : " (no difference is shown)"
    }`,
  findingAccuracy: (low: string, lowAccuracy: string, high: string, highAccuracy: string): string =>
    `The accuracy of the network is ${lowAccuracy} at weight decay ${low} and ${highAccuracy} at ${high}.`,
  componentsText: (count: string, one: boolean): string =>
    `${count} ${one ? "component" : "components"}`,
  method: (fitted: string, inside: string, outside: string): string => `
For each weight decay the network was trained anew, and mixtures with full covariances were fitted
on the penultimate activations of ${fitted} training images. They were scored on ${inside}
in-distribution and ${outside} out-of-distribution test images.

The score is the log-density, high for in-distribution. AUROC is the chance that an
in-distribution image scores higher than an out-of-distribution one; FPR95 is the share of
out-of-distribution images accepted at the threshold that accepts 95% of the in-distribution ones.
The number of components is chosen by BIC or by held-out log-density, never by looking at
out-of-distribution data; the oracle that does look is shown beside it.
`,
  decayName: (decay: string): string => `decay ${decay}`,
  aurocTitle: "How well each mixture separates",
  aurocCaption:
    "AUROC by components, one line per weight decay. A ring marks the number that BIC chooses.",
  aurocAxis: "AUROC",
  fprTitle: "How much slips through",
  fprCaption:
    "Out-of-distribution images accepted when 95% of the in-distribution ones are; lower is better.",
  fprAxis: "FPR95",
  chance: "chance",
  componentsAxis: "components",
  bicTitle: "What BIC says",
  bicCaption: "BIC per fitted image, less the lowest of each weight decay; the lowest is chosen.",
  bicAxis: "BIC above the lowest, per image",
  heldOutTitle: "What held-out data say",
  heldOutCaption:
    "Mean log-density of in-distribution images that the mixture was not fitted on, less the highest of each weight decay.",
  heldOutAxis: "held-out log-density below the highest",
  sweepTitle: "The whole sweep at a glance",
  sweepCaption:
    "AUROC by weight decay (row) and components (column); the stronger the colour of a cell, the farther it is from chance, 0.5, and below it in the other colour.",
  sweepRows: "weight decay",
  sweepColumns: "components",
  choiceTitle: "What each criterion obtains",
  choiceCaption:
    "One row per weight decay: its network, its activations, and the mixture that each criterion chooses.",
  choiceColumns: {
    decay: "Weight decay",
    accuracy: "Accuracy",
    rank: "Effective rank",
    byBic: "By BIC",
    bicAuroc: "AUROC by BIC",
    byHeldOut: "By held-out",
    heldOutAuroc: "AUROC by held-out",
    oracle: "Oracle",
    oracleAuroc: "AUROC of oracle",
    softmax: "Softmax AUROC",
  },
  histogramTitle: (decay: string): string => `Scores at weight decay ${decay}`,
  histogramCaption: (components: string, byBic: boolean): string =>
    `Log-density under the mixture of ${components}${
      byBic ? ", which BIC chose" : ""
    }. The outermost bars, beyond the dashed lines, hold everything farther out.`,
  histogramX: "log-density",
  histogramY: "share of images",
  inside: "in-distribution",
  outside: "out-of-distribution",
  binColumns: { from: "From", to: "To", inside: "In-distribution", outside: "Out-of-distribution" },
  scoresIntro:
    "For each weight decay, the scores of a mixture, its ROC curve, and what every number of components obtains: at first the mixture that BIC chose, and any other where sliders can be moved.",
  shown: (
    components: string,
    decay: string,
    auroc: string,
    fpr: string,
    byBic: boolean,
  ): string =>
    `${components} at weight decay ${decay}${
      byBic ? " (BIC's choice)" : ""
    }: AUROC ${auroc}, FPR95 ${fpr}.`,
  decayRocTitle: (decay: string): string => `Every threshold at weight decay ${decay}`,
  decayRocCaption: (components: string, byBic: boolean): string =>
    `Share of in-distribution images accepted against share of out-of-distribution images accepted, for the mixture of ${components}${
      byBic ? ", which BIC chose" : ""
    }; dashed, the maximum softmax probability of the same network.`,
  decayMixturesTitle: (decay: string): string => `All mixtures at weight decay ${decay}`,
  chosenColumn: "Chosen",
  mixture: "mixture",
  rocTitle: "Every threshold at once",
  rocCaption: (decay: string): string =>
    `Share of in-distribution images accepted against share of out-of-distribution images accepted, for the mixture that BIC chose; dashed, the maximum softmax probability at weight decay ${decay}.`,
  rocScore: "Score",
  rocX: "out-of-distribution accepted",
  rocY: "in-distribution accepted",
  softmax: "softmax",
  columns: {
    decay: "Weight decay",
    components: "Components",
    bic: "BIC",
    heldOut: "Held-out log-density",
    auroc: "AUROC",
    auprIn: "AUPR in",
    auprOut: "AUPR out",
    fpr: "FPR95",
    iterations: "EM iterations",
    converged: "Converged",
    seconds: "Seconds",
  },
  histogramsHeading: "The scores themselves",
  choiceHeading: "Choosing the number of components",
  headline: (components: string, decay: string): string =>
    `AUROC of a mixture of ${components} on one network, chosen without looking at what it should reject (weight decay ${decay})`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
