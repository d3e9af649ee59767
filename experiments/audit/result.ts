import type { Envelope, UsedTable } from "@mixtape/results";
import {
  count,
  list,
  number,
  oneOf,
  positive,
  type Proportion,
  proportion,
  record,
  share,
  type Sprite,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A row of the file. */
export interface RowReference {
  /** Number of the row in the file, from 0, as in `rows.csv`. */
  readonly row: number;
  /** Id of the row; null if there are no ids. */
  readonly id: string | null;
}

/** A row whose label looks wrong. */
export interface SuspectRow extends RowReference {
  /** The label that the row has. */
  readonly given: string;
  /** The label that the row more likely should have. */
  readonly likely: string;
  /** Probability of the label that the row has, by a network that has not seen the row. */
  readonly givenProbability: number;
  /** Probability of the label that the row more likely should have. */
  readonly likelyProbability: number;
}

/** The search for labels that look wrong. */
export interface LabelCheck {
  /** Share of rows that are classified as labelled, each by a network that has not seen it. */
  readonly accuracy: Proportion;
  /** Share of the most frequent class. */
  readonly largestShare: number;
  /** Number of labels that look wrong; null if the network is not shown to be better than guessing. */
  readonly suspects: number | null;
  /** The most suspect rows, the most suspect first. */
  readonly rows: readonly SuspectRow[];
  /** The images of `rows`; null if rows are not images, or there are none. */
  readonly images: Sprite | null;
}

/** A class with few rows. */
export interface RareClass {
  /** Name of the class. */
  readonly name: string;
  /** Number of its rows. */
  readonly rows: number;
}

/** Signs by which a column looks like an identifier. */
export type IdentifierSign = "ascending" | "descending" | "never-repeated";

/** A column that looks like an identifier. */
export interface Identifier {
  /** Name of the column. */
  readonly column: string;
  /** The sign: values that only rise or fall along the file, or whole numbers that never repeat. */
  readonly sign: IdentifierSign;
}

/** The search for rows without any value. */
export interface EmptyRows {
  /** Number of rows without any value. */
  readonly count: number;
  /** The first of them. */
  readonly rows: readonly RowReference[];
}

/** A column whose distribution differs in the second file. */
export interface MovedColumn {
  /** Name of the column. */
  readonly column: string;
  /** Largest distance between the two distribution functions, from 0 to 1. */
  readonly statistic: number;
  /** p-value that allows for the number of columns. */
  readonly adjusted: number;
  /** Median in the first file. */
  readonly median: number;
  /** Median in the second file. */
  readonly foreignMedian: number;
}

/** The comparison of the columns with those of the second file. */
export interface DriftCheck {
  /** Number of rows of each file that were compared. */
  readonly rows: number;
  /** Number of rows of the second file that were compared. */
  readonly foreignRows: number;
  /** Number of columns that moved. */
  readonly moved: number;
  /** The columns that moved most, the one with the largest distance first. */
  readonly columns: readonly MovedColumn[];
}

/** The payload of the experiment `audit`. */
export interface AuditPayload {
  /** Labels that look wrong; null without labels. */
  readonly labels: LabelCheck | null;
  /** Classes with less than a tenth of an equal share of the rows; null without labels. */
  readonly rareClasses: readonly RareClass[] | null;
  /** Columns that look like identifiers. */
  readonly identifiers: readonly Identifier[];
  /** Rows without any value. */
  readonly emptyRows: EmptyRows;
  /** Columns that moved; null without a second file. */
  readonly drift: DriftCheck | null;
}

const reference = { row: count, id: text.nullable() };

/** The schema of {@link AuditPayload}. */
export const auditPayload: z.ZodType<AuditPayload> = record<AuditPayload>({
  labels: record<LabelCheck>({
    accuracy: proportion,
    largestShare: share,
    suspects: count.nullable(),
    rows: list(
      record<SuspectRow>({
        ...reference,
        given: text,
        likely: text,
        givenProbability: share,
        likelyProbability: share,
      }),
    ),
    images: sprite.nullable(),
  }).nullable(),
  rareClasses: list(record<RareClass>({ name: text, rows: positive })).nullable(),
  identifiers: list(
    record<Identifier>({
      column: text,
      sign: oneOf(["ascending", "descending", "never-repeated"]),
    }),
  ),
  emptyRows: record<EmptyRows>({ count, rows: list(record<RowReference>(reference)) }),
  drift: record<DriftCheck>({
    rows: positive,
    foreignRows: positive,
    moved: count,
    columns: list(
      record<MovedColumn>({
        column: text,
        statistic: share,
        adjusted: share,
        median: number,
        foreignMedian: number,
      }),
    ),
  }).nullable(),
});

/** The result of the experiment `audit`. */
export type AuditResult = Envelope<"audit", AuditPayload, UsedTable>;
