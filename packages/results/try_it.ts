import type { z } from "zod";
import type { Envelope } from "./envelope.ts";
import { type Asset, asset } from "./asset.ts";
import { count, list, magnitude, number, oneOf, positive, record, share, text } from "./checks.ts";
import { type Proportion, proportion } from "./intervals.ts";
import type { OodSetName } from "./ood_set.ts";
import { type ScoreHistogram, scoreHistogram } from "./separation.ts";
import { type Sprite, sprite } from "./sprite.ts";

/** Where an image to try comes from: the test images that belong, or a set that does not. */
export type TryItKind = "in-distribution" | OodSetName;

/** How images were made of drawings, measured on the training images. */
export interface DrawingFrame {
  /** Pixels along a side of an image. */
  readonly side: number;
  /** Pixels along the longer side of what is drawn, in the median. */
  readonly box: number;
  /** Where its centre of mass lies, in pixels from the left and the top, in the median. */
  readonly centre: number;
  /** The value of full ink. */
  readonly maxValue: number;
}

/** An image to try, and what the models say of it. */
export interface TryItImage {
  /** Where it comes from. */
  readonly kind: TryItKind;
  /** Its class in the set it comes from; null if it has none. */
  readonly trueClass: number | null;
  /** The most probable class. */
  readonly predictedClass: number;
  /** Its probability. */
  readonly probability: number;
  /** The detector's score, high = in-distribution. */
  readonly score: number;
  /** Share of held-out images, and this one, that score as low or lower. */
  readonly pValue: number;
  /** The nearest centroid. */
  readonly cluster: number;
  /** The nearest of the stored training images, as rows of them, the nearest first. */
  readonly neighbors: readonly number[];
}

/** What the experiment `try-it` made, for models that run in the page. */
export interface TryItPayload {
  /** The classifier. */
  readonly classifier: {
    /** Weights in the safetensors format. */
    readonly weights: Asset;
    /** How often it is right on test images. */
    readonly testAccuracy: Proportion;
  };
  /** The detector of what does not belong. */
  readonly detector: {
    /** Its short name. */
    readonly name: string;
    /** What was fitted, as the detector writes itself. */
    readonly fitted: Asset;
    /** Scores of held-out in-distribution images, ascending: p-values come from these. */
    readonly heldOutScores: readonly number[];
    /** A p-value at most this means: out of distribution. */
    readonly alpha: number;
    /** Scores of test images, and of the images of the other data set. */
    readonly histogram: ScoreHistogram;
    /** Share of the other data set that is found out of distribution. */
    readonly otherFound: Proportion;
  };
  /** The clusters. */
  readonly clusters: {
    /** The fitted k-means, as it writes itself. */
    readonly fitted: Asset;
    /** The most frequent class of each. */
    readonly majorityClasses: readonly number[];
  };
  /** Training images among which neighbours are looked for. */
  readonly neighbors: {
    /** One image a row, one byte a pixel. */
    readonly images: Asset;
    /** The class of each. */
    readonly labels: readonly number[];
  };
  /** Images to try. */
  readonly presets: {
    /** One image a row, one byte a pixel. */
    readonly images: Asset;
    /** The same to look at. */
    readonly sprite: Sprite;
    /** What the models say of each. */
    readonly verdicts: readonly TryItImage[];
  };
  /** How images were made of drawings. */
  readonly frame: DrawingFrame;
}

const kind = oneOf<TryItKind>([
  "in-distribution",
  "other-data-set",
  "rotated",
  "inverted",
  "shuffled-pixels",
  "gaussian-noise",
  "uniform-noise",
  "blended",
  "held-out-classes",
]);

const verdict = record<TryItImage>({
  kind,
  trueClass: count.nullable(),
  predictedClass: count,
  probability: share,
  score: number,
  pValue: share,
  cluster: count,
  neighbors: list(count, 1),
});

/** The schema of {@link TryItPayload}. */
export const tryItPayload: z.ZodType<TryItPayload> = record<TryItPayload>({
  classifier: record<TryItPayload["classifier"]>({ weights: asset, testAccuracy: proportion }),
  detector: record<TryItPayload["detector"]>({
    name: text,
    fitted: asset,
    heldOutScores: list(number, 1),
    alpha: share,
    histogram: scoreHistogram,
    otherFound: proportion,
  }),
  clusters: record<TryItPayload["clusters"]>({ fitted: asset, majorityClasses: list(count, 1) }),
  neighbors: record<TryItPayload["neighbors"]>({ images: asset, labels: list(count, 1) }),
  presets: record<TryItPayload["presets"]>({
    images: asset,
    sprite,
    verdicts: list(verdict, 1),
  }),
  frame: record<DrawingFrame>({
    side: positive,
    box: positive,
    centre: magnitude,
    maxValue: positive,
  }),
});

/** The result of the experiment `try-it`. */
export type TryItResult = Envelope<"try-it", TryItPayload>;
