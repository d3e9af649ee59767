import { type Answer, type Format, maximumBy, minimumBy } from "@mixtape/report-site/components";
import type { UsedImages } from "@mixtape/results";
import type { DataResult, DataSetSummary } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The set that a summary is about. */
export function setNamed(result: DataResult, name: string): UsedImages {
  return result.data.find((one) => one.name === name) ?? result.data[0];
}

/** Returns the findings of the experiment `data`, one sentence each. */
export function findData(result: DataResult, t: Words, format: Format): string[] {
  return result.payload.sets.flatMap((set) => findSet(result, set, t, format));
}

function findSet(
  result: DataResult,
  set: DataSetSummary,
  t: Words,
  format: Format,
): string[] {
  const { title, classNames, imageShape } = setNamed(result, set.name);
  const counts = classNames.map((name, index) => ({ name, count: totalOf(set, index) }));
  const most = maximumBy(counts, (one) => one.count);
  const least = minimumBy(counts, (one) => one.count);
  const rows = set.splits.reduce((total, split) => total + split.rows, 0);
  const shape = `${imageShape.height}×${imageShape.width}`;
  return [
    t.findingCounts(title, format.count(rows), shape, format.count(classNames.length)),
    most.count === least.count
      ? t.findingBalanced(title, format.count(most.count))
      : t.findingBalance(
        title,
        most.name,
        format.count(most.count),
        least.name,
        format.count(least.count),
      ),
    t.findingDensity(title, format.percent(set.density)),
  ];
}

function totalOf(set: DataSetSummary, index: number): number {
  return set.splits.reduce((total, split) => total + (split.classCounts[index] ?? 0), 0);
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  result: DataResult,
  t: Words,
  format: Format,
): Answer | undefined {
  const inside = result.data.find((one) => one.role === "in-distribution");
  if (!inside) return undefined;
  return {
    number: format.count(inside.rows.train),
    sentence: t.headline(
      format.count(inside.rows.test),
      format.count(inside.classNames.length),
    ),
  };
}
