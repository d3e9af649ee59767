import type { Envelope } from "@mixtape/results";
import {
  count,
  flag,
  type HistogramCounts,
  histogramCounts,
  list,
  magnitude,
  number,
  positive,
  type Proportion,
  proportion,
  record,
  type Separation,
  separation,
  share,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A ROC curve in rows, thinned for drawing; the same position in both lists is one threshold. */
export interface RocCounts {
  /** Out-of-distribution rows accepted, ascending. */
  readonly outAccepted: readonly number[];
  /** In-distribution rows accepted, ascending. */
  readonly inAccepted: readonly number[];
}

/** The scores of all test rows, binned and thinned for a histogram and a ROC curve. */
export interface MixtureScores {
  /** Lower edge of the first bin. */
  readonly low: number;
  /** Upper edge of the last bin; all bins are equally wide. */
  readonly high: number;
  /** In-distribution test rows. */
  readonly inDistribution: HistogramCounts;
  /** Out-of-distribution test rows. */
  readonly outOfDistribution: HistogramCounts;
  /** Every threshold. */
  readonly roc: RocCounts;
}

/** One mixture on the penultimate activations. */
export interface MixtureRow {
  /** Components of the mixture. */
  readonly components: number;
  /** Bayesian information criterion on the rows it was fitted on; lower is better. */
  readonly bic: number;
  /** Mean log-density of in-distribution rows that were held out; higher is better. */
  readonly heldOutLogDensity: number;
  /** Separation by its log-density. */
  readonly separation: Separation;
  /** Its log-densities of the test rows. */
  readonly scores: MixtureScores;
  /** EM iterations. */
  readonly iterations: number;
  /** True if EM met its tolerance. */
  readonly converged: boolean;
  /** Wall time of the fit in milliseconds. */
  readonly elapsedMs: number;
}

/** The numbers of components that different criteria choose. */
export interface ChosenComponents {
  /** Lowest BIC. */
  readonly byBic: number;
  /** Highest held-out log-density. */
  readonly byHeldOut: number;
  /** Highest AUROC: a choice that requires knowledge of the out-of-distribution data. */
  readonly oracle: number;
}

/** One classifier and all mixtures on its activations. */
export interface DecayOutcome {
  /** L2 weight of the classifier's optimiser. */
  readonly weightDecay: number;
  /** Its accuracy on the test set. */
  readonly testAccuracy: Proportion;
  /** Penultimate units. */
  readonly units: number;
  /** Exponential of the entropy of the spectrum of the activations: their effective number of dimensions. */
  readonly effectiveRank: number;
  /** Maximum softmax probability as a score, for comparison. */
  readonly softmax: Separation;
  /** One entry per mixture, components ascending. */
  readonly byComponents: readonly MixtureRow[];
  /** The numbers of components that different criteria choose. */
  readonly chosen: ChosenComponents;
  /** ROC curve of the maximum softmax probability. */
  readonly softmaxRoc: RocCounts;
}

/** The payload of the experiment `gmm-ood`. */
export interface GmmOodPayload {
  /** Rows the mixtures were fitted on, held out, and scored. */
  readonly rows: {
    readonly fitted: number;
    readonly heldOut: number;
    readonly inDistribution: number;
    readonly outOfDistribution: number;
  };
  /** One entry per weight decay, ascending. */
  readonly byWeightDecay: readonly DecayOutcome[];
}

const rocCounts = record<RocCounts>({
  outAccepted: list(count, 2),
  inAccepted: list(count, 2),
}).refine(({ outAccepted, inAccepted }) => outAccepted.length === inAccepted.length, {
  error: "expected as many rows accepted of one kind as of the other",
});

const mixtureScores = record<MixtureScores>({
  low: number,
  high: number,
  inDistribution: histogramCounts,
  outOfDistribution: histogramCounts,
  roc: rocCounts,
});

const mixtureRow = record<MixtureRow>({
  components: positive,
  bic: number,
  heldOutLogDensity: number,
  separation,
  scores: mixtureScores,
  iterations: positive,
  converged: flag,
  elapsedMs: magnitude,
});

const decayOutcome = record<DecayOutcome>({
  weightDecay: share,
  testAccuracy: proportion,
  units: positive,
  effectiveRank: magnitude,
  softmax: separation,
  byComponents: list(mixtureRow, 1),
  chosen: record<ChosenComponents>({ byBic: positive, byHeldOut: positive, oracle: positive }),
  softmaxRoc: rocCounts,
});

/** The schema of {@link GmmOodPayload}. */
export const gmmOodPayload: z.ZodType<GmmOodPayload> = record<GmmOodPayload>({
  rows: record<GmmOodPayload["rows"]>({
    fitted: positive,
    heldOut: positive,
    inDistribution: positive,
    outOfDistribution: positive,
  }),
  byWeightDecay: list(decayOutcome, 1),
});

/** The result of the experiment `gmm-ood`. */
export type GmmOodResult = Envelope<"gmm-ood", GmmOodPayload>;
