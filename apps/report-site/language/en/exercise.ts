/** Texts of the exercise as a notebook. */
export const exercise = {
  title: "k-means, mixtures, and what does not belong",
  link: "The exercise, handed in: notebook",
  pdf: "PDF",
  intro: (digits: string, clothes: string): string =>
    `The exercise asks for k-means on images of digits from three kinds of start, for a mixture on the activations of a network of digits that tells digits from clothes, and for two derivations. Here are its questions in order, each with its code, its output and an answer that was computed from it. The data: ${digits}, and ${clothes}, which do not belong.\n\nThe code runs in Deno's kernel for Jupyter (\`deno jupyter --install\`), from the folder of the repository, or wherever \`deno add jsr:@mixtape/clustering\` and the other packages have been added.`,
  data: "## 1. The data",
  kmeans:
    "## 2. Clusters\n\nk-means with ten clusters, from ten random images, from k-means++ and from the means of the ten classes, until nothing changes.\n\n**Are similar images grouped together? Does the start matter?**",
  start: (
    init: string,
    runs: string,
    iterations: string,
    inertia: string,
    purity: string,
  ): string =>
    `- ${init} (runs: ${runs}): iterations ${iterations}, inertia ${inertia}, purity ${purity}`,
  measures:
    "Inertia is given per image and with pixels from 0 to 1, as the mean squared distance of an image to its centroid. Purity is the share of images that lie in a cluster whose majority is their class.",
  grouped: (purity: string): string =>
    `In the run with the lowest inertia, ${purity} of the images lie in a cluster whose majority is their class.`,
  inertiaApart: (better: string, worse: string): string =>
    `Every run from ${better} ended at a lower inertia than every run from ${worse}.`,
  inertiaAlike: (one: string, other: string): string =>
    `Between the runs from ${one} and from ${other}, no difference in inertia is shown.`,
  purityOfMeans: (means: string, others: string): string =>
    `The class means, which know the answer, end at purity ${means}; runs from the other starts end at ${others}.`,
  centroids:
    "The clusters of the run with the lowest inertia, given here as the sum over all images, with pixels as they are in the file:",
  pictures: "Their centroids as images:",
  recall:
    "**Which classes fail?** The smallest and the largest share of each that ends in a cluster of its own class, over all runs:",
  always: (classes: string): string => `Every run finds at least half of: ${classes}.`,
  never: (classes: string): string => `No run finds half of: ${classes}.`,
  sometimes: (classes: string): string =>
    `Some runs find half of these and others do not: ${classes}.`,
  classifier:
    "## 3. A mixture on the activations of a network\n\nA network with three hidden layers, of 100, 50 and 25 units, learns the digits.",
  mixtures:
    "Gaussian mixtures of 1 to 20 components model its penultimate activations on training digits. Their log-density scores digits and clothes that neither the network nor the mixtures have seen.\n\n**Does the density tell digits from clothes?**",
  chosen: (components: string, auroc: string, interval: string): string =>
    `The number of components that BIC chooses, which looks at no clothes, is ${components}, with AUROC ${auroc} (95% interval ${interval} over test images, on this one network).`,
  chosenAtEdge: {
    smallest: "That is the smallest number that was tried.",
    largest: "That is the largest number that was tried: a larger one may be better.",
  },
  best: (components: string, auroc: string): string =>
    `Looking at the clothes would have chosen ${components}, with AUROC ${auroc}.`,
  bestAlike: "Their intervals overlap: no difference shown.",
  spread: (range: string): string => `Over all numbers of components AUROC is ${range}.`,
  roc: "The curve of the mixture that BIC chose:",
  missingTitle: "## 4. k-means with missing entries",
  missing:
    "**What do missing pixels do?** Pixels are hidden at random; the derived algorithm (`gaussian-prior`) stands beside k-POD and means in place of what is missing. The agreement with the classes (NMI), five seeds each. A method is said to be above or below the others only where all of its runs are:",
  missingRow: (rate: string, methods: string): string => `- ${rate} missing: ${methods}.`,
  winner: (method: string): string => `Every run of ${method} is above all runs of the others.`,
  loser: (method: string): string => `Every run of ${method} is below all runs of the others.`,
  noWinner: "No method is shown to be above or below all others.",
  sameMethods: "All methods have the same numbers.",
  mixtureTitle: "## 5. EM for mixtures",
  mistakes:
    "## 6. What the original notebook got wrong\n\nIt published an AUC of 0.40 and concluded that the mixture separates worse than a coin. Its steps again: a network with weight decay 0.01, a mixture fitted on the test activations, the training images of clothes, and an AUC that counts clothes as positive while their log-density is expected to be low. Section 3 does what is right: it fits the mixture on training digits, scores images that it has not seen, and counts digits as positive.",
  sign: (published: string, corrected: string, interval: string): string =>
    `Computed in this way, the AUC is ${published}; with digits as the positive class it is ${corrected}, one minus that (95% interval ${interval}).`,
  signExplains:
    "Below 0.5 one way, above 0.5 the other: the mixture does separate, and the sign hid it.",
  signDoesNotExplain:
    "Above 0.5 as it was computed, below 0.5 the right way round: here the sign does not explain the failure.",
  accuracies: (decayed: string, weaker: string, published: string): string =>
    `Trained once with each, the network reaches an accuracy of ${decayed} with weight decay 0.01 and of ${weaker} with 0.001; the notebook published ${published}.`,
  accuracyOfOthers: "On other images than the notebook's, these numbers cannot explain that one.",
  decayExplains:
    "The weaker decay comes nearer. Brought to mean 0 and deviation 1, as is customary for MNIST, pixels are larger beside the decay: in PyTorch, decay 0.01 then gives 96.4 to 96.8% over three seeds, and 94.4 to 94.9% with pixels from 0 to 1. Learning rate, initial weights and size of batches did not bring it there.",
  decayDoesNotExplain:
    "The weaker decay does not come nearer: it does not explain that number here.",
  signOpen: "The interval contains 0.5: the mixture is not shown to separate, whichever way round.",
};
