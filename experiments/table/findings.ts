import type { Answer, Format } from "@mixtape/report-site/components";
import type { TableResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `table`, one sentence each. */
export function findTable({ data: [own] }: TableResult, t: Words, format: Format): string[] {
  return [
    t.findingSize(own.title, format.count(own.rows), format.count(own.columns)),
    own.missing === 0
      ? t.findingWhole
      : t.findingMissing(format.percent(own.missing / (own.rows * own.columns))),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline({ data: [own] }: TableResult, t: Words, format: Format): Answer {
  return {
    number: format.count(own.rows),
    sentence: t.headline(format.count(own.columns), format.count(own.missing)),
  };
}
