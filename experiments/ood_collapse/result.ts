import type { Envelope } from "@mixtape/results";
import {
  index,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  type Proportion,
  proportion,
  record,
  type Separation,
  separation,
  share,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** The scaling of activations before the mixture. */
export type Normalization = "none" | "l2";

/** One mixture on one scaling of one classifier's activations. */
export interface CollapseMixture {
  /** Scaling of the activations. */
  readonly normalization: Normalization;
  /** Components of the mixture. */
  readonly components: number;
  /** Separation by its log-density; null if a component collapsed. */
  readonly separation: Separation | null;
  /** Bayesian information criterion; null if a component collapsed. */
  readonly bic: number | null;
}

/** The activations of one classifier. */
export interface CollapseOutcome {
  /** L2 weight of the classifier's optimiser. */
  readonly weightDecay: number;
  /** Its accuracy on the test set. */
  readonly testAccuracy: Proportion;
  /** Exponential of the entropy of the normalised singular values of the activations. */
  readonly effectiveRank: number;
  /** Eigenvalues of the activations' covariance as shares of their sum, descending. */
  readonly spectrum: readonly number[];
  /**
   * Scatter within classes against scatter between them, trace(S_W · pinv(S_B)) / classes: the first
   * measure of neural collapse, 0 when every class is a point.
   */
  readonly withinOverBetween: number;
  /** Standard deviation over mean of the lengths of the centred class means: 0 when all are as long. */
  readonly meanLengthVariation: number;
  /** Standard deviation of the cosines between centred class means: 0 when all angles are equal. */
  readonly angleVariation: number;
  /** Length of the mean activation of in-distribution and out-of-distribution test rows. */
  readonly meanNorm: { readonly inDistribution: number; readonly outOfDistribution: number };
  /** Mixtures of every scaling and number of components. */
  readonly mixtures: readonly CollapseMixture[];
}

/** The payload of the experiment `ood-collapse`. */
export interface OodCollapsePayload {
  /** Penultimate units. */
  readonly units: number;
  /** One entry per weight decay, ascending. */
  readonly byWeightDecay: readonly CollapseOutcome[];
  /** Spearman's rank correlation, over all mixtures, of a measure of the activations with AUROC. */
  readonly correlations: readonly {
    readonly measure: "effective-rank" | "within-over-between";
    readonly spearman: number;
  }[];
}

/** The schema of {@link OodCollapsePayload}. */
export const oodCollapsePayload: z.ZodType<OodCollapsePayload> = record<OodCollapsePayload>({
  units: positive,
  byWeightDecay: list(
    record<CollapseOutcome>({
      weightDecay: share,
      testAccuracy: proportion,
      effectiveRank: magnitude,
      spectrum: list(share, 1),
      withinOverBetween: magnitude,
      meanLengthVariation: magnitude,
      angleVariation: magnitude,
      meanNorm: record<CollapseOutcome["meanNorm"]>({
        inDistribution: magnitude,
        outOfDistribution: magnitude,
      }),
      mixtures: list(
        record<CollapseMixture>({
          normalization: oneOf(["none", "l2"]),
          components: positive,
          separation: separation.nullable(),
          bic: number.nullable(),
        }),
        1,
      ),
    }),
    1,
  ),
  correlations: list(
    record<OodCollapsePayload["correlations"][number]>({
      measure: oneOf(["effective-rank", "within-over-between"]),
      spearman: index,
    }),
  ),
});

/** The result of the experiment `ood-collapse`. */
export type OodCollapseResult = Envelope<"ood-collapse", OodCollapsePayload>;
