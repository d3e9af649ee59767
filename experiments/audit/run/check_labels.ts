import { suspectLabels } from "@mixtape/audit";
import type { OwnContext } from "../../run/experiment.ts";
import { hasClasses } from "../../run/own/needs.ts";
import { judgeOutOfFold, mostProbable } from "../../run/own/out_of_fold.ts";
import type { OwnTable } from "../../run/own/own_table.ts";
import { proportion } from "../../run/statistics.ts";
import type { LabelCheck, RareClass, SuspectRow } from "../result.ts";
import { drawImages } from "./draw_images.ts";
import { referTo } from "../../run/own/refer_to.ts";

/** Share of an equal share of the rows below which a class is rare. */
const RARE = 0.1;

/** Least probability of another label for a label to look wrong. */
const SURE = 0.9;

/**
 * Lists classes with less than a tenth of an equal share of the rows.
 *
 * @param table The data.
 * @returns The classes, the one with the fewest rows first; nothing without labels.
 */
export function findRareClasses(table: OwnTable): RareClass[] | null {
  const { labels, classNames } = table;
  if (labels === null || !hasClasses(table)) return null;
  return countsOf(table).map((rows, label) => ({ name: classNames[label], rows }))
    .filter(({ rows }) => rows < RARE * labels.length / classNames.length)
    .sort((a, b) => a.rows - b.rows);
}

/**
 * Looks for labels that look wrong, as another one is sure, and gives the columns `label_suspect` and `label_quality`. If the network that
 * judges is not shown to be better than guessing the most frequent class, nothing is said of labels.
 *
 * @param context The data and the outputs of the run.
 * @param listed Largest number of rows to list.
 * @returns The most suspect rows; nothing without labels.
 */
export async function checkLabels(
  context: Pick<OwnContext<unknown>, "table" | "seed" | "signal" | "column" | "image">,
  listed: number,
): Promise<LabelCheck | null> {
  const { table } = context;
  const { labels, classNames } = table;
  if (labels === null || !hasClasses(table)) return null;
  const { probabilities } = await judgeOutOfFold(table, context);
  const { values, shape: [n, k] } = probabilities;
  const found = await suspectLabels(probabilities, labels);
  const { scores, likely } = found;
  const rows = found.rows.filter((row) => values[row * k + likely[row]] >= SURE);
  const right = mostProbable(probabilities).filter((label, row) => label === labels[row]).length;
  const accuracy = proportion(right, n);
  const largestShare = Math.max(...countsOf(table)) / n;
  if (accuracy.interval.low <= largestShare) {
    return { accuracy, largestShare, suspects: null, rows: [], images: null };
  }
  const suspect = new Array<boolean>(n).fill(false);
  for (const row of rows) suspect[row] = true;
  context.column("label_suspect", suspect);
  context.column("label_quality", scores);
  const first = rows.subarray(0, listed);
  return {
    accuracy,
    largestShare,
    suspects: rows.length,
    rows: Array.from(first, (row): SuspectRow => ({
      ...referTo(table, row),
      given: classNames[labels[row]],
      likely: classNames[likely[row]],
      givenProbability: scores[row],
      likelyProbability: values[row * k + likely[row]],
    })),
    images: drawImages(context, "suspect-labels", first),
  };
}

function countsOf({ labels, classNames }: OwnTable): number[] {
  const counts = new Array<number>(classNames.length).fill(0);
  for (const label of labels!) counts[label]++;
  return counts;
}
