import type { z } from "zod";
import type { Envelope } from "./envelope.ts";
import { type Asset, asset } from "./asset.ts";
import { count, list, magnitude, number, oneOf, positive, record, share, text } from "./checks.ts";
import { type Proportion, proportion } from "./intervals.ts";
import { type OodSetName, oodSetNames } from "./ood_set.ts";
import { type ScoreHistogram, scoreHistogram } from "./separation.ts";
import { type Sprite, sprite } from "./sprite.ts";

/** Source of an image to try: the in-distribution test images, or a set of out-of-distribution images. */
export type TryItKind = "in-distribution" | OodSetName;

/** The geometry of the training images, by which a reader's drawing is scaled and centred like them. */
export interface DrawingFrame {
  /** Side length of an image, in pixels. */
  readonly side: number;
  /** Median length of the longer side of the bounding box of the ink, in pixels. */
  readonly box: number;
  /** Median coordinate of the centre of mass of the ink, in pixels from the left and from the top alike. */
  readonly centre: number;
  /** Value of a pixel of full ink. */
  readonly maxValue: number;
}

/** An image to try, and the output of the models for it. */
export interface TryItImage {
  /** Source of the image. */
  readonly kind: TryItKind;
  /** Class of the image in its own data set; null if it has none. */
  readonly trueClass: number | null;
  /** Most probable class. */
  readonly predictedClass: number;
  /** Probability of the most probable class. */
  readonly probability: number;
  /** Score of the detector; a high score means in-distribution. */
  readonly score: number;
  /** Conformal p-value: the share of the held-out images and this one that score as low or lower. */
  readonly pValue: number;
  /** Index of the nearest centroid. */
  readonly cluster: number;
  /** Row numbers of the nearest stored training images, the nearest first. */
  readonly neighbors: readonly number[];
}

/** The payload of the experiment `try-it`: fitted models that run in the page, and images to try them on. */
export interface TryItPayload {
  /** The classifier. */
  readonly classifier: {
    /** Weights in the safetensors format. */
    readonly weights: Asset;
    /** Share of the test images that are classified correctly. */
    readonly testAccuracy: Proportion;
  };
  /** The out-of-distribution detector. */
  readonly detector: {
    /** Short name of the kind of detector that is fitted to each class. */
    readonly name: string;
    /** The fitted detectors, one per class, as their `toJSON` writes them. */
    readonly fitted: Asset;
    /** Scores of held-out in-distribution images, ascending, from which p-values are computed. */
    readonly heldOutScores: readonly number[];
    /** Significance level: an image with a p-value of at most this counts as out-of-distribution. */
    readonly alpha: number;
    /** Scores of the test images and of the images of the other data set. */
    readonly histogram: ScoreHistogram;
    /** Share of the test images, which are in-distribution, that are detected as out-of-distribution. */
    readonly falseAlarms: Proportion;
    /** Share of the images of the other data set that are detected as out-of-distribution. */
    readonly otherFound: Proportion;
    /** Capital letters, drawn as a reader draws; results of before have none. */
    readonly letters?: {
      /** Number of letters that were drawn. */
      readonly drawn: number;
      /** Number of them that are detected as out-of-distribution. */
      readonly found: number;
    };
  };
  /** The clusters. */
  readonly clusters: {
    /** The fitted k-means model, as its `toJSON` writes it. */
    readonly fitted: Asset;
    /** Most frequent class of each cluster. */
    readonly majorityClasses: readonly number[];
  };
  /** Training images that are searched for neighbours. */
  readonly neighbors: {
    /** Pixels of the images: one row per image, one byte per pixel. */
    readonly images: Asset;
    /** Class of each image. */
    readonly labels: readonly number[];
  };
  /** Images for readers to try. */
  readonly presets: {
    /** Pixels of the images: one row per image, one byte per pixel. */
    readonly images: Asset;
    /** The same images as a PNG. */
    readonly sprite: Sprite;
    /** Output of the models for each image. */
    readonly verdicts: readonly TryItImage[];
  };
  /** The geometry of the training images. */
  readonly frame: DrawingFrame;
  /** Digits, drawn as a reader draws, narrow and wide ones among them; results of before have none. */
  readonly drawnDigits?: {
    /** Number of digits that were drawn. */
    readonly drawn: number;
    /** Number of them that are classified correctly. */
    readonly classified: number;
    /** Number of them that are not detected as out-of-distribution. */
    readonly accepted: number;
  };
}

const kind = oneOf<TryItKind>(["in-distribution", ...oodSetNames]);

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
    falseAlarms: proportion,
    otherFound: proportion,
    letters: record<{ drawn: number; found: number }>({ drawn: positive, found: count }).optional(),
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
  drawnDigits: record<{ drawn: number; classified: number; accepted: number }>({
    drawn: positive,
    classified: count,
    accepted: count,
  }).optional(),
});

/** The result of the experiment `try-it`. */
export type TryItResult = Envelope<"try-it", TryItPayload>;
