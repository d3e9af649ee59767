import type { MadeUpName } from "../result.ts";

/** Texts of the page on the classes of a table. */
export const words = {
  name: "Classes",
  asked: "How well do the columns tell the classes apart?",
  description:
    "How well a network predicts the classes of rows, and how well detectors recognise rows of none of them.",
  question:
    "How well do the columns tell the classes of rows apart that a network has not seen, and how well do they show rows that belong to none of them?",
  findingAccuracy: (accuracy: string, interval: string, right: string, rows: string): string =>
    `Trained on other rows, a network predicts the class of a row in ${accuracy} of the cases (95% interval ${interval}; ${right} of ${rows}).`,
  findingBetter: (largest: string, share: string): string =>
    `That is more than giving every row the same class would: ${share} at most, with class ${largest}.`,
  findingNotBetter: (largest: string, share: string): string =>
    `That is not shown to differ from giving every row the same class: ${share} at most, with class ${largest}.`,
  findingWorse: (largest: string, share: string): string =>
    `That is less than giving every row the same class would: ${share} at most, with class ${largest}.`,
  findingHardest: (
    name: string,
    recall: string,
    interval: string,
    right: string,
    rows: string,
  ): string =>
    `The class recognised least is class ${name}: ${recall} of its rows (95% interval ${interval}; ${right} of ${rows}).`,
  findingHardestTied: (names: string, recall: string): string =>
    `The classes recognised least are ${names}: ${recall} of the rows of each.`,
  findingHardestOpen:
    "No other class is shown to be recognised better: the intervals of all of them reach that one.",
  classNamed: (name: string): string => `class ${name}`,
  confusion: (given: string, predicted: string, rows: string): string =>
    `${given} taken for ${predicted} (${rows})`,
  findingConfusions: (confusions: string, one: boolean): string =>
    `Most frequent ${one ? "confusion" : "confusions"}: ${confusions}.`,
  findingCalibration: (
    confidence: string,
    accuracy: string,
    error: string,
    entropy: string,
    shareEntropy: string,
  ): string =>
    `The probabilities, after temperature scaling, have a mean of ${confidence} for the predicted class, which is right in ${accuracy} of the cases (expected calibration error ${error}); their cross-entropy is ${entropy} nats, that of the shares of the classes ${shareEntropy}.`,
  findingForeign: (detector: string, file: string, auroc: string, interval: string): string =>
    `The detector ${detector} tells rows of ${file} from rows that it has not seen with an AUROC of ${auroc} (95% interval ${interval}).`,
  findingOne: (name: string, detector: string, auroc: string, interval: string): string =>
    `With the class ${name} held out, the detector ${detector} tells its rows from others that it has not seen with an AUROC of ${auroc} (95% interval ${interval}).`,
  findingHeldOut: (
    detector: string,
    low: string,
    lowInterval: string,
    lowName: string,
    high: string,
    highInterval: string,
    highName: string,
  ): string =>
    `With one class held out in turn, the detector ${detector} tells its rows from others that it has not seen with an AUROC from ${low} (95% interval ${lowInterval}; class ${lowName}) to ${high} (${highInterval}; class ${highName}).`,
  findingChance: "An AUROC whose interval contains 0.5 is not shown to differ from chance.",
  findingBelowChance:
    "Where the interval of an AUROC lies below 0.5, these rows look more ordinary to the detector than those that belong.",
  findingMadeUp: (set: string, detector: string, auroc: string, interval: string): string =>
    `The detector ${detector} tells made-up rows (${set}) from rows that it has not seen with an AUROC of ${auroc} (95% interval ${interval}).`,
  findingNoSets:
    "No rows could stand in for those that do not belong: that takes a class of 10 rows among 10 others, or a second file.",
  method: `
Rows are divided into five parts, each class evenly; the rows of a part are judged by a network of
two hidden layers that was trained on the other parts. Its logits are divided by one number, the temperature,
which is fitted to the same rows so that the probabilities come closer to the shares of right
answers. The network that is kept for new rows is trained on all rows, or on 20,000 of them.

Rows that do not belong are those of the second file or, without one, the rows of a class that
detectors have not seen: each of the largest classes in turn. Detectors are fitted on 70% of the
other rows, and the rest of them are the rows that belong. They work on the columns themselves, or,
where those are many, on their first principal components. One that cannot be fitted is left out.

Without a second file, rows are made up as well: with shuffled columns, the values of each column
come in another order, which undoes the relations between columns; uniform noise is drawn evenly from the range
of each column.
`,
  confusionTitle: "Rows by class and prediction",
  confusionCaption: "Each row of the chart is a class, each column a prediction.",
  confusionRows: "Class",
  confusionColumns: "Predicted class",
  classesTitle: "The classes",
  classColumns: {
    name: "Class",
    rows: "Rows",
    right: "Predicted correctly",
    recall: "Recall",
    recallLow: "Recall, 95% from",
    recallHigh: "Recall, 95% to",
    claimed: "Rows predicted",
    precision: "Precision",
    precisionLow: "Precision, 95% from",
    precisionHigh: "Precision, 95% to",
  },
  confusionsTitle: "The most frequent confusions",
  confusionsColumns: { given: "Class", predicted: "Prediction", rows: "Rows" },
  reliabilityTitle: "Probability and accuracy",
  reliabilityCaption: (temperature: string): string =>
    `Rows by the probability of their predicted class, after division of the logits by ${temperature}. On the diagonal the probability is the share of right predictions.`,
  temperatureEdges: {
    smallest: "It is the smallest number that was tried: a smaller one may fit better.",
    largest: "It is the largest number that was tried: a larger one may fit better.",
  },
  reliabilityX: "Probability of the predicted class",
  reliabilityY: "Share of right predictions",
  reliabilityColumns: {
    low: "From",
    high: "To",
    rows: "Rows",
    confidence: "Mean confidence",
    accuracy: "Accuracy",
  },
  setsTitle: "Rows that do not belong",
  setColumns: {
    set: "Rows that do not belong",
    detector: "Detector",
    auroc: "AUROC",
    low: "95% from",
    high: "95% to",
    outside: "Number of these rows",
    inside: "Rows that belong",
    fitted: "Rows of the fit",
    dimensions: "Dimensions",
  },
  heldOut: (name: string): string => `class ${name}, held out`,
  madeUp: {
    "shuffled-columns": "shuffled columns",
    "uniform-noise": "uniform noise",
  } satisfies Record<MadeUpName, string>,
  headline: "of the rows are given their class by a network that has not seen them",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
