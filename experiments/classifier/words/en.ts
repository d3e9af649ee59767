/** Texts of the page on the classifier. */
export const words = {
  name: "Classifier",
  asked: "How well does a small network tell the classes apart?",
  description: "A small multi-layer perceptron: loss, accuracy, confusion, calibration, mistakes.",
  question:
    "How well does the exercise's small network classify, what does it confuse, and does it know when it is wrong?",
  findingAccuracy: (accuracy: string, interval: string, correct: string, total: string): string =>
    `${accuracy} of the test images are classified correctly (95% interval ${interval}; ${correct} of ${total}).`,
  findingConfusions: (pairs: string, one: boolean): string =>
    one ? `The most frequent confusion is ${pairs}.` : `The most frequent confusions are ${pairs}.`,
  findingConfusion: (truth: string, predicted: string, count: string): string =>
    `${truth} taken for ${predicted} (${count})`,
  findingOver: (ece: string, confidence: string, accuracy: string): string =>
    `It is overconfident: mean confidence ${confidence} against accuracy ${accuracy} (expected calibration error ${ece}).`,
  findingUnder: (ece: string, confidence: string, accuracy: string): string =>
    `It is underconfident: mean confidence ${confidence} against accuracy ${accuracy} (expected calibration error ${ece}).`,
  findingCalibrated: (ece: string, confidence: string, accuracy: string): string =>
    `Its mean confidence, ${confidence}, lies within the interval of its accuracy, ${accuracy}: no difference is shown on the whole, and bin by bin they differ by ${ece} on average (expected calibration error).`,
  findingFlat: (epochs: string, best: string, at: string): string =>
    `The best test accuracy along the way, ${best}, came after epoch ${at} of ${epochs}; the network kept is the last one, since choosing by the test set would flatter it.`,
  method: (layers: string, parameters: string, epochs: string): string => `
A network of dense layers, ${layers}, with ${parameters} weights and biases, trained with Adam on
cross-entropy for ${epochs} epochs, pixels scaled to between 0 and 1. There is no activation
between its second and third layer, as in the exercise.

The test set is looked at after every epoch to draw the curve, but decides nothing.

Other pages train networks of their own, on other rows or with another weight decay, and their accuracies differ from this one.
`,
  layerInput: (inputs: string): string => `${inputs} inputs`,
  activations: { linear: "linear", relu: "ReLU", silu: "SiLU" },
  lossTitle: "The loss, batch by batch",
  lossCaption:
    "Cross-entropy of every batch before its update (faint), and its mean over each epoch.",
  lossX: "epoch",
  lossY: "cross-entropy (logarithmic)",
  lossMean: "epoch mean",
  accuracyTitle: "Accuracy on the test set after each epoch",
  accuracyCaption: "The last point is the network of this page; its interval is in the text.",
  accuracyY: "test accuracy",
  accuracyLine: "test",
  epochColumns: {
    epoch: "Epoch",
    loss: "Mean training loss",
    accuracy: "Test accuracy",
    seconds: "Seconds",
  },
  confusionTitle: "Which classes are confused",
  confusionCaption:
    "Test images by class (row) and prediction (column). Colours compare the mistakes only: the cell of the strongest colour off the diagonal is the most frequent confusion. An underlined cell opens its images among the most confident mistakes.",
  openMistakes: (
    all: string,
    truth: string,
    predicted: string,
    count: string,
    one: boolean,
  ): string => `${all}: ${truth} taken for ${predicted}, open ${count} ${one ? "image" : "images"}`,
  closeMistakes: "Close",
  confusionRows: "class",
  confusionColumns: "prediction",
  reliabilityTitle: "When it says 90%, is it right 90% of the time?",
  reliabilityCaption:
    "Accuracy of the test images in each bin of confidence. On the dashed line confidence and accuracy agree; below it the network is overconfident.",
  reliabilityX: "confidence",
  reliabilityY: "accuracy",
  reliabilityColumns: {
    low: "From",
    high: "To",
    count: "Images",
    confidence: "Mean confidence",
    accuracy: "Accuracy",
  },
  mistakesTitle: "Its most confident mistakes",
  mistakesCaption: "What the label says → what the network says, and with which probability.",
  mistakeAlt: (label: string): string => `Test image, label and prediction: ${label}`,
  mistakeColumns: {
    row: "Test row",
    truth: "Label",
    predicted: "Prediction",
    probability: "Probability",
  },
  noMistakes: "It made no mistake on the test set.",
  headline: "of test images are classified correctly",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
