import type { Envelope } from "@mixtape/results";
import {
  list,
  oneOf,
  positive,
  type Proportion,
  proportion,
  record,
  share,
  type Spread,
  spread,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** The notebook's numbers for one mixture. */
export interface NotebookRow {
  /** Components of the mixture. */
  readonly components: number;
  /** Log-density of the in-distribution test set, which the mixture was fitted on. */
  readonly inDistribution: Spread;
  /** Log-density of the out-of-distribution training set. */
  readonly outOfDistribution: Spread;
  /** Accuracy of the rule "above the median log-density is out of distribution". */
  readonly accuracyAtMedian: number;
  /** Area under the curve as the notebook computed it: out of distribution is 1, scored by log-density. */
  readonly aucAsPublished: number;
  /** The same with the sign the score needs: in distribution is 1. */
  readonly aucCorrected: number;
}

/** The scale of the pixels that a network is given: from 0 to 1, or of mean 0 and standard deviation 1. */
export type PixelScale = "unit" | "standard";

/** A recipe for the classifier that may be the notebook's, and what comes of it. */
export interface NotebookRecipe {
  /** Scale of the pixels. */
  readonly pixelScale: PixelScale;
  /** L2 weight of the classifier's optimiser. */
  readonly weightDecay: number;
  /** Share of the test set classified correctly. */
  readonly testAccuracy: Proportion;
  /** Area under the curve as the notebook computed it, with 1 component. */
  readonly aucAsPublished: number;
}

/** A best value and the components it was found at. */
export interface BestAt {
  /** The value. */
  readonly value: number;
  /** Components. */
  readonly components: number;
}

/** The output of the original notebook. */
export interface PublishedNotebook {
  /** Accuracy of its classifier. */
  readonly classifierAccuracy: number;
  /** Components of the highest mean log-density. */
  readonly bestComponents: number;
  /** Log-density of the in-distribution set there. */
  readonly inDistribution: Spread;
  /** Log-density of the out-of-distribution set there. */
  readonly outOfDistribution: Spread;
  /** Its best accuracy at the median. */
  readonly bestAccuracy: BestAt;
  /** Its best area under the curve. */
  readonly bestAuc: BestAt;
}

/** The payload of the experiment `gmm-notebook`. */
export interface GmmNotebookPayload {
  /** L2 weight of the classifier's optimiser. */
  readonly weightDecay: number;
  /** The recipe of this result, and others beside it that may explain the accuracy that was published. */
  readonly recipes: readonly NotebookRecipe[];
  /** Rows the mixtures were fitted on, and rows they were scored against. */
  readonly rows: { readonly inDistribution: number; readonly outOfDistribution: number };
  /** One entry per mixture, components ascending. */
  readonly byComponents: readonly NotebookRow[];
  /** Output of the original notebook. */
  readonly published: PublishedNotebook;
}

const bestAt = record<BestAt>({ value: share, components: positive });

/** The schema of {@link GmmNotebookPayload}. */
export const gmmNotebookPayload: z.ZodType<GmmNotebookPayload> = record<GmmNotebookPayload>({
  weightDecay: share,
  recipes: list(
    record<NotebookRecipe>({
      pixelScale: oneOf<PixelScale>(["unit", "standard"]),
      weightDecay: share,
      testAccuracy: proportion,
      aucAsPublished: share,
    }),
    1,
  ),
  rows: record<GmmNotebookPayload["rows"]>({
    inDistribution: positive,
    outOfDistribution: positive,
  }),
  byComponents: list(
    record<NotebookRow>({
      components: positive,
      inDistribution: spread,
      outOfDistribution: spread,
      accuracyAtMedian: share,
      aucAsPublished: share,
      aucCorrected: share,
    }),
    1,
  ),
  published: record<PublishedNotebook>({
    classifierAccuracy: share,
    bestComponents: positive,
    inDistribution: spread,
    outOfDistribution: spread,
    bestAccuracy: bestAt,
    bestAuc: bestAt,
  }),
});

/** The result of the experiment `gmm-notebook`. */
export type GmmNotebookResult = Envelope<"gmm-notebook", GmmNotebookPayload>;
