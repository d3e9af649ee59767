import type { Envelope } from "@mixtape/results";
import {
  count,
  flag,
  list,
  magnitude,
  number,
  oneOf,
  type OodSetName,
  oodSetName,
  positive,
  record,
  type Separation,
  separation,
  share,
  type Sprite,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";
import { type DenseLayer, denseLayer } from "../classifier/result.ts";

/** The classifier whose activations the detectors used. */
export type ClassifierName = "reference" | "best";

/** A classifier of the leaderboard. */
export interface LeaderboardClassifier {
  /** Name of the classifier. */
  readonly name: ClassifierName;
  /** Its layers. */
  readonly layers: readonly DenseLayer[];
  /** Weights and biases. */
  readonly parameterCount: number;
  /** Hyperparameters of the training. */
  readonly training: {
    readonly epochs: number;
    readonly batchSize: number;
    /** Length of Adam's first step. */
    readonly learningRate: number;
    /** Schedule of the step length: constant, or linearly decreasing to 0. */
    readonly learningRateSchedule: "constant" | "linear";
    /** Copies of all training images that were added, each image turned, stretched, slanted and moved a little. */
    readonly affineCopies: number;
    readonly weightDecay: number;
    readonly labelSmoothing: number;
  };
  /** Share of the in-distribution test set that is right, by seed. */
  readonly testAccuracies: readonly number[];
}

/** A set of out-of-distribution images, and the number of them that were scored. */
export interface OodSet {
  /** Name of the set. */
  readonly name: OodSetName;
  /** Rows scored. */
  readonly rows: number;
  /** Number of in-distribution rows that they were compared with. */
  readonly inDistributionRows: number;
  /** A few of them. */
  readonly samples: Sprite;
}

/** Something that a detector may look at. */
export type LookedAt = "logits" | "penultimate" | "layers" | "pixels";

/** A kind of detector. */
export interface LeaderboardDetector {
  /** Short name, as in the registry of detectors. */
  readonly name: string;
  /** Name in words. */
  readonly title: string;
  /** Paper that introduced it. */
  readonly cite: {
    readonly authors: string;
    readonly title: string;
    readonly year: number;
    readonly url: string;
  };
  /** Inputs of the detector; none for a check of the protocol. */
  readonly looksAt: readonly LookedAt[];
}

/** One detector on one set for one training of a classifier. */
export interface LeaderboardScore {
  /** Name of the classifier. */
  readonly classifier: ClassifierName;
  /** Seed of its training and of the detector. */
  readonly seed: number;
  /** Name of the detector. */
  readonly detector: string;
  /** Name of the set. */
  readonly set: OodSetName;
  /** Separation of the set; the interval is DeLong's. */
  readonly separation: Separation;
  /** In-distribution test rows accepted at the threshold that validation rows gave for 95%. */
  readonly achievedTpr: number;
  /** Out-of-distribution rows accepted at that threshold. */
  readonly oodAccepted: number;
  /** Out-of-distribution rows that score above the median in-distribution test row. */
  readonly oodAboveMedian: number;
}

/** Length of the penultimate activations of a set. */
export interface ActivationLength {
  /** Name of the classifier. */
  readonly classifier: ClassifierName;
  /** Name of the set. */
  readonly set: OodSetName;
  /** Mean length of the set's activations over that of the in-distribution test rows. */
  readonly ratio: number;
}

/** The notes of a detector's fit, and the times of fitting and scoring. */
export interface DetectorFit {
  /** Name of the classifier. */
  readonly classifier: ClassifierName;
  /** Name of the detector. */
  readonly detector: string;
  /** Notes of the fit, such as units that were dropped or sizes reduced for small layers. */
  readonly notes: readonly string[];
  /** Wall time of the fit in milliseconds. */
  readonly fitMs: number;
  /** Wall time of scoring 10,000 rows, activations given, in milliseconds. */
  readonly scoreMs: number;
}

/** A test of the hypothesis that the best detector of a set is no better than another. */
export interface DetectorComparison {
  /** Name of the classifier. */
  readonly classifier: ClassifierName;
  /** Name of the set. */
  readonly set: OodSetName;
  /** The detector with the highest AUROC. */
  readonly best: string;
  /** The one it is compared with. */
  readonly other: string;
  /** AUROC of the best minus that of the other. */
  readonly difference: number;
  /** Two-sided p-value of DeLong's paired test. */
  readonly pValue: number;
  /** True if the p-value is below 0.05 after Holm's correction over the other detectors. */
  readonly significant: boolean;
}

/** The payload of the experiment `ood-detectors`. */
export interface OodDetectorsPayload {
  /** The classifiers. */
  readonly classifiers: readonly LeaderboardClassifier[];
  /** The sets that do not belong. */
  readonly sets: readonly OodSet[];
  /** The detectors. */
  readonly detectors: readonly LeaderboardDetector[];
  /** Seeds of the classifiers. */
  readonly seeds: readonly number[];
  /** Rows that classifier and detectors were fitted on, and rows that thresholds come from. */
  readonly rows: { readonly fitted: number; readonly validation: number };
  /** Every classifier × seed × detector × set. */
  readonly scores: readonly LeaderboardScore[];
  /** Every classifier × set, for the first seed. */
  readonly lengths: readonly ActivationLength[];
  /** Every classifier × detector, for the first seed. */
  readonly fits: readonly DetectorFit[];
  /** Every classifier × set: the best against each other detector, for the first seed. */
  readonly comparisons: readonly DetectorComparison[];
}

const classifierName = oneOf<ClassifierName>(["reference", "best"]);
/** The schema of {@link OodDetectorsPayload}. */
export const oodDetectorsPayload: z.ZodType<OodDetectorsPayload> = record<OodDetectorsPayload>({
  classifiers: list(
    record<LeaderboardClassifier>({
      name: classifierName,
      layers: list(denseLayer, 1),
      parameterCount: positive,
      training: record<LeaderboardClassifier["training"]>({
        epochs: positive,
        batchSize: positive,
        learningRate: magnitude,
        learningRateSchedule: oneOf(["constant", "linear"]),
        affineCopies: count,
        weightDecay: share,
        labelSmoothing: share,
      }),
      testAccuracies: list(share, 1),
    }),
    1,
  ),
  sets: list(
    record<OodSet>({
      name: oodSetName,
      rows: positive,
      inDistributionRows: positive,
      samples: sprite,
    }),
    1,
  ),
  detectors: list(
    record<LeaderboardDetector>({
      name: text,
      title: text,
      cite: record<LeaderboardDetector["cite"]>({
        authors: text,
        title: text,
        year: positive,
        url: text,
      }),
      looksAt: list(oneOf<LookedAt>(["logits", "penultimate", "layers", "pixels"])),
    }),
    1,
  ),
  seeds: list(count, 1),
  rows: record<OodDetectorsPayload["rows"]>({ fitted: positive, validation: positive }),
  scores: list(
    record<LeaderboardScore>({
      classifier: classifierName,
      seed: count,
      detector: text,
      set: oodSetName,
      separation,
      achievedTpr: share,
      oodAccepted: share,
      oodAboveMedian: share,
    }),
    1,
  ),
  lengths: list(
    record<ActivationLength>({ classifier: classifierName, set: oodSetName, ratio: magnitude }),
  ),
  fits: list(
    record<DetectorFit>({
      classifier: classifierName,
      detector: text,
      notes: list(text),
      fitMs: magnitude,
      scoreMs: magnitude,
    }),
    1,
  ),
  comparisons: list(
    record<DetectorComparison>({
      classifier: classifierName,
      set: oodSetName,
      best: text,
      other: text,
      difference: number,
      pValue: share,
      significant: flag,
    }),
  ),
});

/** The result of the experiment `ood-detectors`. */
export type OodDetectorsResult = Envelope<"ood-detectors", OodDetectorsPayload>;
