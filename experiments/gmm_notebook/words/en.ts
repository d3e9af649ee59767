import type { PixelScale } from "../result.ts";
/** Texts of the page that repeats the notebook. */
export const words = {
  name: "The notebook repeated",
  asked: "Why did the mixtures of the original notebook fail?",
  description:
    "The original exercise's protocol repeated, mistakes included, beside its published numbers.",
  question:
    "The original exercise concluded that a mixture on the network's activations tells digits from clothes worse than a coin would: AUC 0.40. Is that reproduced, and why?",
  findingAgain: (auc: string, components: string, published: string): string =>
    `Computed as the notebook did, the best AUC is ${auc}, at ${components}; it published ${published}, at 1 component.`,
  findingSign: (auc: string, corrected: string): string =>
    `The sign explains part of it: the notebook calls out-of-distribution 1 and scores it by log-density, which is high for in-distribution. The same mixture's AUC of ${auc} is ${corrected} the right way round.`,
  findingNotSign: (auc: string, corrected: string): string =>
    `The sign explains none of it here: the notebook calls out-of-distribution 1 and scores it by log-density, which is high for in-distribution, but the same mixture's AUC of ${auc} is only ${corrected} the right way round.`,
  findingSignOpen: (auc: string, corrected: string): string =>
    `Whether the sign explains any of it is not shown: the notebook calls out-of-distribution 1 and scores it by log-density, which is high for in-distribution; the same mixture's AUC of ${auc} is ${corrected} the right way round, and its interval holds 0.5.`,
  findingBelow: (below: string, all: string): string =>
    `Mixtures that stay below 0.5 even the right way round, with their intervals: ${below} of ${all}. To these, images of clothes look more typical than digits more often than not.`,
  findingEdge:
    "That is the largest number of components that was tried here: a larger one may be better.",
  findingAbove: (auc: string, components: string): string =>
    `The right way round, the best AUC is ${auc}, at ${components}.`,
  findingAccuracy: (ours: string, interval: string, published: string): string =>
    `The classifier of this recipe reaches an accuracy of ${ours} here (95% interval ${interval}) and of ${published} in the notebook.`,
  findingAccuracyOther: (ours: string, published: string): string =>
    `The classifier of this recipe reaches an accuracy of ${ours} here and of ${published} in the notebook; on other images or fewer of them, a run cannot show why.`,
  findingExplained: (recipes: string, published: string): string =>
    `${published} comes out where the decay is weaker beside the pixels, all else the same: the interval contains it for ${recipes}.`,
  findingUnexplained: (recipes: string, published: string): string =>
    `Nothing that was tried explains ${published}: the interval does not contain it for ${recipes} either.`,
  recipe: (pixels: string, decay: string): string => `${pixels} and weight decay ${decay}`,
  recipeWith: (recipe: string, accuracy: string, auc: string): string =>
    `${recipe} (${accuracy}, AUC ${auc} with 1 component)`,
  pixelScales: {
    unit: "pixels from 0 to 1",
    standard: "pixels of mean 0 and deviation 1",
  } satisfies Record<PixelScale, string>,
  recipesTitle: "Why the accuracies differ",
  recipesCaption:
    "The same network by other recipes, each beside the numbers of the notebook: AUC as published, with 1 component.",
  recipeColumns: {
    recipe: "Recipe",
    accuracy: "Accuracy",
    interval: "95% interval",
    auc: "AUC",
  },
  recipesElsewhere:
    "PyTorch gives on all of MNIST (20 epochs of Adam, batches of 1024, learning rate 0.001, decay 0.01) an accuracy of 94.4 to 94.9% and an AUC of 0.49 to 0.53 over three seeds. Standardised pixels, as are customary for MNIST, give 96.4 to 96.8% and 0.34 to 0.42, decay 0.001 gives 96.9% and 0.37. What does not explain the notebook, with one seed each: learning rates of 0.002 and 0.01 (95.1% and 94.3%), batches of 128 (95.0%), initial weights by Glorot's rule (95.6%, 0.53), pixels from −1 to 1 (95.2%, 0.12), and AdamW, whose decay acts otherwise (96.9%, but an AUC of 0.06).",
  span: (first: string, last: string): string => `${first} to ${last}`,
  method: (decay: string, components: string): string => `
The protocol of the notebook was repeated step by step: a network trained with weight decay
${decay}, Gaussian mixtures on its penultimate activations, and the notebook's way to score them.
The notebook tried 1 to 20 components; here the numbers of components are ${components}.

Its mistakes are repeated on purpose. The section below says what each of them does; the page on
mixtures shows the protocol without them.
`,
  comparisonTitle: "The notebook's numbers and ours",
  comparisonColumns: { quantity: "Quantity", published: "Notebook", ours: "Here" },
  rowAccuracy: "Accuracy of the classifier",
  rowBestComponents: "Components with the highest mean log-density of digits",
  rowInside: "Log-density of in-distribution images there",
  rowOutside: "Log-density of out-of-distribution images there",
  rowBestAccuracy: "Best accuracy at the median",
  rowBestAuc: "Best AUC as published",
  spread: (mean: string, deviation: string): string => `${mean} ± ${deviation}`,
  atComponents: (value: string, components: string): string => `${value}, at ${components}`,
  mistakesTitle: "What each mistake does",
  mistakes: [
    {
      name: "Weight decay 0.01",
      effect:
        "Adam adds the decay to the gradient, where it is large against the gradients of a trained network. That can collapse the penultimate activations onto few directions, and with them the room in which clothes could differ from digits. The page on mixtures varies the decay and nothing else, and measures both.",
    },
    {
      name: "Mixtures fitted on the test activations",
      effect:
        "The digits that are scored are the ones the density was fitted to, so their log-densities are flattered, the more so the more components there are. It favours the detector, and hides that choosing 20 components by log-density is choosing by training fit.",
    },
    {
      name: "Training images of clothes",
      effect:
        "The out-of-distribution images come from Fashion-MNIST's training set. That changes little, since no model has seen any of them, but the two sets have different sizes, so accuracy has another base rate than 50%.",
    },
    {
      name: "The label's sign",
      effect:
        "Out-of-distribution is labelled 1 and the score is the log-density, which is high for in-distribution. Every AUC is therefore 1 minus what it should be.",
    },
    {
      name: "Accuracy at the median",
      effect:
        "A threshold at the median of all scores calls half of the images out-of-distribution, whatever their true share. With unequal sizes even a perfect score cannot be fully right there, and above the median it calls images out-of-distribution that are the most in-distribution ones.",
    },
  ],
  aucTitle: "The AUC that was published, and the same the right way round",
  aucCaption: "One point per mixture. Below 0.5, a score is worse than a coin.",
  aucAxis: "AUC",
  aucPublished: "as published",
  aucCorrected: "right way round",
  chance: "a coin",
  densityTitle: "Log-density of both kinds of images",
  densityCaption: "Mean, and one standard deviation on each side.",
  densityAxis: "log-density",
  componentsAxis: "components of the mixture",
  inside: "in-distribution",
  outside: "out-of-distribution",
  columns: {
    components: "Components",
    insideMean: "ID mean",
    insideDeviation: "ID deviation",
    outsideMean: "OOD mean",
    outsideDeviation: "OOD deviation",
    accuracy: "Accuracy at median",
    auc: "AUC as published",
    corrected: "AUC corrected",
  },
  headline: (corrected: string): string =>
    `best AUC under the notebook's protocol; ${corrected} once its labels are turned the right way round`,
  componentsText: (count: string, one: boolean): string =>
    `${count} ${one ? "component" : "components"}`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
