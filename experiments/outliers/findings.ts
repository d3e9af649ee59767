import type { Answer, Format } from "@mixtape/report-site/components";
import type { ForeignOutliers, OddRow, OutliersResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Smallest p-value that is written out: what is beyond rests on the tail alone. */
const LEAST_SHOWN = 1e-6;

/** Writes a p-value, or a number of rows that chance gives, which may be far below 1. */
export function smallText(value: number, t: Words, format: Format): string {
  return value < LEAST_SHOWN ? t.below(format.weight(LEAST_SHOWN)) : format.significant(value, 2);
}

/** Names a row by its id, else by its number in the file. */
export function rowName({ id, row }: OddRow, t: Words): string {
  return t.rowNamed(id ?? String(row));
}

/** Returns the findings of the experiment `outliers`, one sentence each. */
export function findOutliers({ payload }: OutliersResult, t: Words, format: Format): string[] {
  const { rows, discoveries, rate, listed: [oddest], foreign } = payload;
  const percent = format.percent(rate, 0);
  return [
    discoveries === 0 ? t.findingNone(format.count(rows), percent) : t.findingSome(
      format.count(discoveries),
      format.count(rows),
      percent,
      format.isSingular(discoveries),
    ),
    t.findingOddest(rowName(oddest, t), smallText(oddest.byChance, t, format)),
    ...oddest.reasons.slice(0, 1).map((reason) => {
      const { column, value, low, high, expected } = reason;
      const [own, from, to] = [value, low, high].map((number) => format.significant(number, 4));
      return expected === null
        ? t.findingCharged(column, own, from, to)
        : t.findingReason(column, own, from, to, format.significant(expected, 4));
    }),
    ...foreign === null ? [] : findForeign(foreign, rate, t, format),
  ];
}

function findForeign(
  { name, rows, comparedWith, discoveries, separation }: ForeignOutliers,
  rate: number,
  t: Words,
  format: Format,
): string[] {
  const found = t.findingForeign(
    format.count(discoveries),
    format.count(rows),
    name,
    format.isSingular(discoveries),
    format.percent(rate, 0),
  );
  // The smallest p-value is 1 / (comparedWith + 1), and the k smallest may be at most rate · k / rows.
  const needed = Math.ceil(rows / (comparedWith + 1) / rate);
  const sentences = [
    found,
    ...discoveries === 0 && needed > 1
      ? [t.findingNeeded(format.count(comparedWith), format.count(needed))]
      : [],
  ];
  if (separation === null) return sentences;
  const { auroc, aurocInterval: { low, high } } = separation;
  const tell = low > 0.5 ? t.findingApart : high < 0.5 ? t.findingLess : t.findingNotApart;
  const [about, from, to] = [auroc, low, high].map((value) => format.decimal(value, 3));
  return [...sentences, tell(name, about, from, to)];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: OutliersResult, t: Words, format: Format): Answer {
  const { rows, discoveries, rate } = payload;
  return {
    number: format.count(discoveries),
    sentence: t.headline(
      format.count(rows),
      format.percent(rate, 0),
      format.isSingular(discoveries),
    ),
    uncertainty: discoveries === 0
      ? t.headlineNone
      : t.headlineSure(format.significant(rate * discoveries, 2)),
  };
}
