import type { DataSetSummary, ResultOf, UsedData } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import { maximumBy, minimumBy } from "../statistics.ts";

/** The set that a summary is about. */
export function setNamed(result: ResultOf<"data">, name: string): UsedData {
  return result.data.find((one) => one.name === name) ?? result.data[0];
}

/** What the experiment `data` found, a sentence each. */
export function findData(result: ResultOf<"data">, text: Catalogue, format: Format): string[] {
  return result.payload.sets.flatMap((set) => findSet(result, set, text, format));
}

function findSet(
  result: ResultOf<"data">,
  set: DataSetSummary,
  text: Catalogue,
  format: Format,
): string[] {
  const t = text.data;
  const { title, classNames, imageShape } = setNamed(result, set.name);
  const counts = classNames.map((name, index) => ({ name, count: totalOf(set, index) }));
  const most = maximumBy(counts, (one) => one.count);
  const least = minimumBy(counts, (one) => one.count);
  const rows = set.splits.reduce((total, split) => total + split.rows, 0);
  const shape = `${imageShape.height}×${imageShape.width}`;
  return [
    t.foundCounts(title, format.count(rows), shape, format.count(classNames.length)),
    most.count === least.count ? t.foundBalanced(title, format.count(most.count)) : t.foundBalance(
      title,
      most.name,
      format.count(most.count),
      least.name,
      format.count(least.count),
    ),
    t.foundDensity(title, format.percent(set.density)),
  ];
}

function totalOf(set: DataSetSummary, index: number): number {
  return set.splits.reduce((total, split) => total + (split.classCounts[index] ?? 0), 0);
}
