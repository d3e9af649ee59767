import type { Envelope, Interval, ScoreHistogram, Sprite, UsedTable } from "@mixtape/results";
import {
  count,
  flag,
  interval,
  list,
  magnitude,
  number,
  positive,
  record,
  scoreHistogram,
  share,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A column that makes a row odd, in the units of the file. */
export interface Reason {
  /** Name of the column. */
  readonly column: string;
  /** Value of the row. */
  readonly value: number;
  /** Value that the other columns of the row lead to expect; null without others, and of principal components. */
  readonly expected: number | null;
  /** Value below which 5% of the rows of the table lie. */
  readonly low: number;
  /** Median of the table. */
  readonly median: number;
  /** Value above which 5% of the rows of the table lie. */
  readonly high: number;
  /** Nats that the value costs the row. */
  readonly nats: number;
}

/** A row that does not fit the density. */
export interface OddRow {
  /** Number of the row in its file, from 0. */
  readonly row: number;
  /** Its id; null without one. */
  readonly id: string | null;
  /** Its outlier score: the negative log-density out of fold, in nats of the prepared columns. */
  readonly score: number;
  /** Its p-value. */
  readonly pValue: number;
  /** Number of rows, among those tested, that chance makes as odd: their number times the p-value. */
  readonly byChance: number;
  /** True if it is a discovery. */
  readonly isDiscovery: boolean;
  /** The columns that make it odd, the first most; none for images, and where no column alone does. */
  readonly reasons: readonly Reason[];
}

/** Rows of the other file beside those of the table. */
export interface ForeignOutliers {
  /** Name of the file. */
  readonly name: string;
  /** Number of its rows. */
  readonly rows: number;
  /** Number of the rows of the table that they were compared with. */
  readonly comparedWith: number;
  /** Discoveries among them, by conformal p-values. */
  readonly discoveries: number;
  /** Area under the ROC curve of the score; null for fewer than two rows. */
  readonly separation: { readonly auroc: number; readonly aurocInterval: Interval } | null;
  /** Scores of the table (in-distribution) and of the other file. */
  readonly histogram: ScoreHistogram;
  /** Its oddest rows. */
  readonly listed: readonly OddRow[];
  /** Pictures of the listed rows; null unless rows are images. */
  readonly pictures: Sprite | null;
}

/** The payload of the experiment `outliers`. */
export interface OutliersPayload {
  /** Number of rows that were scored. */
  readonly rows: number;
  /** Number of rows to which the density was fitted. */
  readonly fitted: number;
  /** The principal components of the density, and their share of the variance; null for a density of the columns. */
  readonly space: { readonly components: number; readonly share: number } | null;
  /** False discovery rate that the lists keep to. */
  readonly rate: number;
  /** Largest p-value of a discovery, or that at which the oddest row would be one. */
  readonly cut: number;
  /** Score at that p-value. */
  readonly threshold: number;
  /** Number of discoveries. */
  readonly discoveries: number;
  /** Scores of the rows (in-distribution), and those of draws from the density (out-of-distribution). */
  readonly histogram: ScoreHistogram;
  /** The oddest rows. */
  readonly listed: readonly OddRow[];
  /** Pictures of the listed rows; null unless rows are images. */
  readonly pictures: Sprite | null;
  /** The rows of the other file; null without one. */
  readonly foreign: ForeignOutliers | null;
}

const oddRow = record<OddRow>({
  row: count,
  id: text.nullable(),
  score: number,
  pValue: share,
  byChance: magnitude,
  isDiscovery: flag,
  reasons: list(
    record<Reason>({
      column: text,
      value: number,
      expected: number.nullable(),
      low: number,
      median: number,
      high: number,
      nats: magnitude,
    }),
  ),
});

/** The schema of {@link OutliersPayload}. */
export const outliersPayload: z.ZodType<OutliersPayload> = record<OutliersPayload>({
  rows: positive,
  fitted: positive,
  space: record<NonNullable<OutliersPayload["space"]>>({ components: positive, share }).nullable(),
  rate: share,
  cut: share,
  threshold: number,
  discoveries: count,
  histogram: scoreHistogram,
  listed: list(oddRow, 1),
  pictures: sprite.nullable(),
  foreign: record<ForeignOutliers>({
    name: text,
    rows: positive,
    comparedWith: positive,
    discoveries: count,
    separation: record<NonNullable<ForeignOutliers["separation"]>>({
      auroc: share,
      aurocInterval: interval,
    }).nullable(),
    histogram: scoreHistogram,
    listed: list(oddRow, 1),
    pictures: sprite.nullable(),
  }).nullable(),
});

/** The result of the experiment `outliers`. */
export type OutliersResult = Envelope<"outliers", OutliersPayload, UsedTable>;
