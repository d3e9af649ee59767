import type { Answer, Format } from "@mixtape/report-site/components";
import type { UsedImages } from "@mixtape/results";
import { allLeast } from "../all_least.ts";
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
  const [least, most] = [1, -1].map((sign) => allLeast(counts, ({ count }) => sign * count));
  const namesOf = (some: typeof counts) => format.list(some.map(({ name }) => t.classNamed(name)));
  const rows = set.splits.reduce((total, split) => total + split.rows, 0);
  const shape = `${imageShape.height}×${imageShape.width}`;
  return [
    t.findingCounts(title, format.count(rows), shape, format.count(classNames.length)),
    most.length === counts.length
      ? t.findingBalanced(title, format.count(most[0].count))
      : t.findingBalance(
        title,
        format.count(least[0].count),
        namesOf(least),
        format.count(most[0].count),
        namesOf(most),
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
