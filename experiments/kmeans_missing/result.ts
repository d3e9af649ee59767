import type { Envelope } from "@mixtape/results";
import {
  count,
  flag,
  index,
  list,
  magnitude,
  oneOf,
  positive,
  record,
  share,
  type Sprite,
  sprite,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** The treatment of missing entries in clustering. */
export type MissingMethod =
  | "zero-prior"
  | "feature-mean-prior"
  | "k-pod"
  | "mean-imputation"
  | "complete-rows";

/** The reason why a method could not cluster. */
export type MissingFailure = "no-complete-rows" | "too-few-complete-rows";

/** A clustering of incomplete data, measured. */
export interface MissingFit {
  /** Normalised mutual information with the classes. */
  readonly nmi: number;
  /** Adjusted Rand index with the classes. */
  readonly ari: number;
  /** Normalised mutual information with the clustering of the complete data. */
  readonly nmiToComplete: number;
  /** Adjusted Rand index with the clustering of the complete data. */
  readonly ariToComplete: number;
  /**
   * Root mean squared difference from the centroids of the complete data, after matching, in pixel
   * values.
   */
  readonly centroidError: number;
  /** Iterations until it stopped. */
  readonly iterations: number;
  /** True if the run met its tolerance. */
  readonly converged: boolean;
  /** Wall time in milliseconds. */
  readonly elapsedMs: number;
}

/** One method on one masking of the data. */
export interface MissingRun {
  /** Share of pixels that were masked. */
  readonly rate: number;
  /** The method. */
  readonly method: MissingMethod;
  /** Seed of mask and start. */
  readonly seed: number;
  /** Rows that kept all their pixels. */
  readonly completeRows: number;
  /** Measures of the clustering; null if the method could not cluster. */
  readonly fit: MissingFit | null;
  /** The reason why `fit` is null; null if it is not. */
  readonly failure: MissingFailure | null;
}

/** The payload of the experiment `kmeans-missing`. */
export interface KMeansMissingPayload {
  /** Number of clusters. */
  readonly clusters: number;
  /** Rows that were clustered. */
  readonly rows: number;
  /** The clustering of the complete data. */
  readonly complete: { readonly nmi: number; readonly ari: number };
  /** The rates, ascending. */
  readonly rates: readonly number[];
  /** The methods. */
  readonly methods: readonly MissingMethod[];
  /** Every run. */
  readonly runs: readonly MissingRun[];
  /** The same few images at each rate, missing pixels transparent: one row per rate. */
  readonly masked: Sprite;
}

const method = oneOf<MissingMethod>([
  "zero-prior",
  "feature-mean-prior",
  "k-pod",
  "mean-imputation",
  "complete-rows",
]);

const fit = record<MissingFit>({
  nmi: share,
  ari: index,
  nmiToComplete: share,
  ariToComplete: index,
  centroidError: magnitude,
  iterations: positive,
  converged: flag,
  elapsedMs: magnitude,
});

const failure = oneOf<MissingFailure>(["no-complete-rows", "too-few-complete-rows"]);

/** The schema of {@link KMeansMissingPayload}. */
export const kMeansMissingPayload: z.ZodType<KMeansMissingPayload> = record<KMeansMissingPayload>({
  clusters: positive,
  rows: positive,
  complete: record<KMeansMissingPayload["complete"]>({ nmi: share, ari: index }),
  rates: list(share, 1),
  methods: list(method, 1),
  runs: list(
    record<MissingRun>({
      rate: share,
      method,
      seed: count,
      completeRows: count,
      fit: fit.nullable(),
      failure: failure.nullable(),
    }),
    1,
  ),
  masked: sprite,
});

/** The result of the experiment `kmeans-missing`. */
export type KMeansMissingResult = Envelope<"kmeans-missing", KMeansMissingPayload>;
