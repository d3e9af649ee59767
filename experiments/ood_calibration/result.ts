import type { Envelope } from "@mixtape/results";
import {
  count,
  list,
  magnitude,
  positive,
  record,
  share,
  type Spread,
  spread,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A required acceptance rate and the achieved ones, over random splits of in-distribution rows. */
export interface TprOutcome {
  /** Name of the detector. */
  readonly detector: string;
  /** Share of in-distribution rows that should be accepted. */
  readonly wanted: number;
  /** Share of fresh in-distribution rows accepted, in each split. */
  readonly achieved: readonly number[];
  /** Mean and standard deviation of the achieved rate over splits. */
  readonly spread: Spread;
}

/** Conformal p-values of fresh in-distribution rows, which should be uniform. */
export interface PValueOutcome {
  /** Name of the detector. */
  readonly detector: string;
  /** Rows in each of equal bins from 0 to 1. */
  readonly counts: readonly number[];
  /** Largest distance of their distribution from the uniform one (Kolmogorov-Smirnov). */
  readonly kolmogorovSmirnov: number;
  /** Critical value that this distance exceeds in one of twenty uniform samples: 1.358 / √n. */
  readonly critical: number;
}

/** Benjamini-Hochberg on batches that mix in- and out-of-distribution rows. */
export interface DiscoveryOutcome {
  /** Name of the detector. */
  readonly detector: string;
  /** Share of out-of-distribution rows in the batch. */
  readonly oodShare: number;
  /** The false-discovery rate that was asked for. */
  readonly wanted: number;
  /** Share of in-distribution rows among those reported, over batches. */
  readonly falseDiscoveryRate: Spread;
  /** Share of out-of-distribution rows that were reported, over batches. */
  readonly power: Spread;
}

/** The payload of the experiment `ood-calibration`. */
export interface OodCalibrationPayload {
  /** Random splits of the in-distribution rows. */
  readonly splits: number;
  /** Rows that thresholds come from, and fresh rows, in each split. */
  readonly rows: { readonly calibration: number; readonly fresh: number };
  /** Batches given to Benjamini-Hochberg, all with the p-values of the first split. */
  readonly batches: number;
  /** Rows of a batch. */
  readonly batchRows: number;
  /** Detectors × wanted rates. */
  readonly tpr: readonly TprOutcome[];
  /** One entry per detector. */
  readonly pValues: readonly PValueOutcome[];
  /** Detectors × shares × wanted rates. */
  readonly discoveries: readonly DiscoveryOutcome[];
}

/** The schema of {@link OodCalibrationPayload}. */
export const oodCalibrationPayload: z.ZodType<OodCalibrationPayload> = record<
  OodCalibrationPayload
>({
  splits: positive,
  rows: record<OodCalibrationPayload["rows"]>({ calibration: positive, fresh: positive }),
  batches: positive,
  batchRows: positive,
  tpr: list(
    record<TprOutcome>({ detector: text, wanted: share, achieved: list(share, 1), spread }),
    1,
  ),
  pValues: list(
    record<PValueOutcome>({
      detector: text,
      counts: list(count, 1),
      kolmogorovSmirnov: share,
      critical: magnitude,
    }),
    1,
  ),
  discoveries: list(
    record<DiscoveryOutcome>({
      detector: text,
      oodShare: share,
      wanted: share,
      falseDiscoveryRate: spread,
      power: spread,
    }),
    1,
  ),
});

/** The result of the experiment `ood-calibration`. */
export type OodCalibrationResult = Envelope<"ood-calibration", OodCalibrationPayload>;
