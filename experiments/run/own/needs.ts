import type { Need } from "@mixtape/results";
import { MOST_CLASSES, type OwnTable } from "./own_table.ts";

/** The needs of an experiment on data of one's own, besides rows and columns of numbers. */
export interface OwnNeeds {
  /** True for at least two classes of two rows each. */
  readonly labels?: true;
  /** True for rows that are images. */
  readonly images?: true;
  /** True for rows of another file that do not belong. */
  readonly foreign?: true;
  /** True for at least one cell without a value. */
  readonly missing?: true;
  /** Least number of rows. */
  readonly rows?: number;
}

/** A need that data lack. */
export interface Lack {
  /** The need. */
  readonly need: Need;
  /** Least number of rows; null for other needs. */
  readonly least: number | null;
}

/**
 * Finds the first need of an experiment that data of one's own lack.
 *
 * @param needs The needs.
 * @param table The data.
 * @returns The need; nothing if the data have all that it takes.
 */
export function lackOf(needs: OwnNeeds, table: OwnTable): Lack | undefined {
  const lacks: readonly [boolean, Need][] = [
    [needs.images === true && table.imageShape === null, "images"],
    [needs.labels === true && !hasClasses(table), "labels"],
    [needs.foreign === true && table.foreign === null, "foreign"],
    [needs.missing === true && table.used.missing === 0, "missing"],
    [table.raw.shape[0] < (needs.rows ?? 0), "rows"],
  ];
  const need = lacks.find(([isLacking]) => isLacking)?.[1];
  return need && { need, least: need === "rows" ? needs.rows! : null };
}

/** Returns true if at least two classes have two rows each, and there are not too many. */
export function hasClasses({ labels, classNames }: OwnTable): boolean {
  if (labels === null || classNames.length > MOST_CLASSES) return false;
  const counts = new Uint32Array(classNames.length);
  for (const label of labels) counts[label]++;
  return counts.filter((count) => count >= 2).length >= 2;
}
