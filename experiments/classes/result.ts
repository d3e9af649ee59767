import type { Envelope, UsedTable } from "@mixtape/results";
import {
  countTable,
  type Interval,
  interval,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  type Proportion,
  proportion,
  record,
  share,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A class, and the judgement of its rows. */
export interface ClassSummary {
  /** Name of the class. */
  readonly name: string;
  /** Share of the rows of the class that are predicted to be of it; its trials are the rows of the class. */
  readonly recall: Proportion;
  /** Share of the rows predicted to be of the class that are; null if there are none. */
  readonly precision: Precision | null;
}

/** Share of the rows predicted to be of a class that are. */
export interface Precision {
  /** The share. */
  readonly value: number;
  /** Number of rows predicted to be of the class. */
  readonly predicted: number;
  /** Wilson's score interval. */
  readonly interval: Interval;
}

/** Rows of one class that are predicted to be of another. */
export interface Confusion {
  /** The class that the rows have. */
  readonly given: string;
  /** The class that is predicted. */
  readonly predicted: string;
  /** Number of rows. */
  readonly rows: number;
}

/** Rows whose highest probability is between two numbers. */
export interface ConfidenceBin {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /** Number of rows. */
  readonly count: number;
  /** Mean of their highest probabilities. */
  readonly confidence: number;
  /** Share of them whose label is predicted. */
  readonly accuracy: number;
}

/** Agreement of probabilities with the shares of rows that are right. */
export interface Calibration {
  /** Number by which logits are divided, fitted to the labels. */
  readonly temperature: number;
  /** Mean of −log of the probability of the label, in nats. */
  readonly crossEntropy: number;
  /** The same if each row had the shares of the classes as probabilities. */
  readonly shareEntropy: number;
  /** Expected calibration error. */
  readonly expectedError: number;
  /** Mean of the highest probabilities. */
  readonly confidence: number;
  /** The bins that hold rows, from low to high. */
  readonly bins: readonly ConfidenceBin[];
}

/** Separation of rows that do not belong by one detector. */
export interface DetectorSeparation {
  /** Short name of the detector. */
  readonly detector: string;
  /** Area under the ROC curve, the rows that belong as the high ones. */
  readonly auroc: number;
  /** DeLong's interval. */
  readonly interval: Interval;
}

/** Rows that do not belong, and their separation from rows that do. */
export interface SeparatedSet {
  /** Name of the class that was held out; null for the rows of the second file. */
  readonly heldOut: string | null;
  /** Number of rows on which detectors were fitted. */
  readonly fitted: number;
  /** Number of columns or principal components in which they were fitted. */
  readonly dimensions: number;
  /** Number of other rows that belong. */
  readonly inside: number;
  /** Number of rows that do not. */
  readonly outside: number;
  /** The detectors. */
  readonly detectors: readonly DetectorSeparation[];
}

/** The ways to make rows up: the values of each column in another order, or evenly drawn from its range. */
export const madeUpNames = ["shuffled-columns", "uniform-noise"] as const;

/** A way to make rows up. */
export type MadeUpName = typeof madeUpNames[number];

/** Rows that were made up, and their separation from rows that belong. */
export interface MadeUpSet extends Omit<SeparatedSet, "heldOut"> {
  /** The way in which they were made up. */
  readonly madeUp: MadeUpName;
}

/** The payload of the experiment `classes`. */
export interface ClassesPayload {
  /** Share of rows whose label is predicted, each by a network that has not seen it. */
  readonly accuracy: Proportion;
  /** The most frequent class and its share of the rows. */
  readonly largest: { readonly name: string; readonly share: number };
  /** The classes with most rows, in descending order. */
  readonly classes: readonly ClassSummary[];
  /** Rows by class and prediction, both in the order of the labels; null for many classes. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** The most frequent confusions. */
  readonly confusions: readonly Confusion[];
  /** Calibration of the probabilities. */
  readonly calibration: Calibration;
  /** Sets of rows that do not belong; none if no class has rows enough to be held out. */
  readonly sets: readonly SeparatedSet[];
  /** Sets of rows that were made up; none beside a second file. */
  readonly madeUpSets: readonly MadeUpSet[];
}

const separated = {
  fitted: positive,
  dimensions: positive,
  inside: positive,
  outside: positive,
  detectors: list(record<DetectorSeparation>({ detector: text, auroc: share, interval }), 1),
};

/** The schema of {@link ClassesPayload}. */
export const classesPayload: z.ZodType<ClassesPayload> = record<ClassesPayload>({
  accuracy: proportion,
  largest: record<ClassesPayload["largest"]>({ name: text, share }),
  classes: list(
    record<ClassSummary>({
      name: text,
      recall: proportion,
      precision: record<Precision>({ value: share, predicted: positive, interval }).nullable(),
    }),
    1,
  ),
  confusion: countTable.nullable(),
  confusions: list(record<Confusion>({ given: text, predicted: text, rows: positive })),
  calibration: record<Calibration>({
    temperature: number,
    crossEntropy: magnitude,
    shareEntropy: magnitude,
    expectedError: share,
    confidence: share,
    bins: list(
      record<ConfidenceBin>({
        low: share,
        high: share,
        count: positive,
        confidence: share,
        accuracy: share,
      }),
    ),
  }),
  sets: list(record<SeparatedSet>({ heldOut: text.nullable(), ...separated })),
  madeUpSets: list(record<MadeUpSet>({ madeUp: oneOf(madeUpNames), ...separated })),
});

/** The result of the experiment `classes`. */
export type ClassesResult = Envelope<"classes", ClassesPayload, UsedTable>;
