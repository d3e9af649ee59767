import type { Envelope, Proportion, Sprite, UsedTable } from "@mixtape/results";
import type { RowReference } from "../row_reference.ts";

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

/** A column whose distribution differs in other rows: of the second file, or of the second half. */
export interface MovedColumn {
  /** Name of the column. */
  readonly column: string;
  /** Largest distance between the two distribution functions, from 0 to 1. */
  readonly statistic: number;
  /** p-value that allows for the number of columns. */
  readonly adjusted: number;
  /** Median in the first rows. */
  readonly median: number;
  /** Median in the other rows. */
  readonly otherMedian: number;
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

/** Two rows, the earlier one first. */
export interface RowPair {
  /** The earlier row. */
  readonly first: LabelledReference;
  /** The later row. */
  readonly other: LabelledReference;
}

/** A row with its label. */
export interface LabelledReference extends RowReference {
  /** Label of the row; null without labels. */
  readonly label: string | null;
}

/** Two rows that are far nearer to each other than is usual. */
export interface NearPair extends RowPair {
  /** Distance in the prepared columns, or their first principal components. */
  readonly distance: number;
  /** p-value that allows for the number of rows. */
  readonly adjusted: number;
}

/** The search for rows that come twice. */
export interface DuplicateCheck {
  /** Number of rows that were compared: rows without gaps, or some of them. */
  readonly compared: number;
  /** Number of columns or principal components in which they were compared. */
  readonly dimensions: number;
  /** Number of rows that equal an earlier one. */
  readonly identical: number;
  /** Number of those that have another label than the earlier one; null without labels. */
  readonly identicalRelabelled: number | null;
  /** The first pairs of equal rows. */
  readonly identicalPairs: readonly RowPair[];
  /** Number of pairs of rows that differ, and are far nearer than is usual. */
  readonly near: number;
  /** Number of those pairs of which the labels differ; null without labels. */
  readonly nearRelabelled: number | null;
  /** The pairs, the nearest first. */
  readonly nearPairs: readonly NearPair[];
  /** Usual distance to the sixth nearest row; null where rows are too few to look for near pairs. */
  readonly usual: number | null;
  /** The images of `nearPairs`, two for each; null if rows are not images, or there are none. */
  readonly images: Sprite | null;
}

/** The comparison of the order of rows with random orders. */
export interface OrderCheck {
  /** Number of rows that were compared. */
  readonly rows: number;
  /** Mean number of rows between a row and its nearest ones. */
  readonly distance: number;
  /** The same in random order. */
  readonly expected: number;
  /** Probability of so small a mean in random order. */
  readonly pValue: number;
  /** True if the rows of each class stand together; null without labels. */
  readonly sortedByClass: boolean | null;
  /** Columns with another distribution in the second half, if the order matters and rows are no images. */
  readonly columns: readonly MovedColumn[];
}

/** A column in which a group of rows differs. */
export interface GroupColumn {
  /** Name of the column. */
  readonly column: string;
  /** Mean in the group. */
  readonly mean: number;
  /** Mean elsewhere. */
  readonly meanElsewhere: number;
}

/** A group of rows in which the network fails more than elsewhere. */
export interface FailingGroup {
  /** Number of rows in the group. */
  readonly rows: number;
  /** Number of them whose class is predicted wrongly. */
  readonly failures: number;
  /** Share of the other rows whose class is predicted wrongly. */
  readonly elsewhere: number;
  /** p-value that allows for the number of groups. */
  readonly adjusted: number;
  /** The most frequent class of the group. */
  readonly label: string;
  /** The columns in which it differs most. */
  readonly columns: readonly GroupColumn[];
  /** Some of the rows whose class is predicted wrongly. */
  readonly examples: readonly RowReference[];
}

/** The search for groups in which the network fails. */
export interface GroupCheck {
  /** Number of clusters that were tested. */
  readonly clusters: number;
  /** Those in which the network fails more than elsewhere, the smallest p-value first. */
  readonly failing: readonly FailingGroup[];
}

/** The payload of the experiment `audit`. */
export interface AuditPayload {
  /** Labels that look wrong; null without labels. */
  readonly labels: LabelCheck | null;
  /** Classes with less than a tenth of an equal share of the rows; null without labels. */
  readonly rareClasses: readonly RareClass[] | null;
  /** Groups in which the network fails; null without labels, or with fewer than 40 rows. */
  readonly groups: GroupCheck | null;
  /** Rows that come twice; null if fewer than two rows have no gaps. */
  readonly duplicates: DuplicateCheck | null;
  /** Dependence on the order; null with fewer than 20 rows. */
  readonly order: OrderCheck | null;
  /** Columns that look like identifiers. */
  readonly identifiers: readonly Identifier[];
  /** Rows without any value. */
  readonly emptyRows: EmptyRows;
  /** Columns that moved; null without a second file. */
  readonly drift: DriftCheck | null;
}

/** The result of the experiment `audit`. */
export type AuditResult = Envelope<"audit", AuditPayload, UsedTable>;
