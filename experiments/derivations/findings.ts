import type { Answer, Format } from "@mixtape/report-site/components";
import type { DerivationsResult } from "@mixtape/results";
import type { Words } from "./words/en.ts";

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: DerivationsResult, t: Words, format: Format): Answer {
  const { checks } = payload;
  const passed = format.count(checks.filter((check) => check.passed).length);
  return { number: passed, sentence: t.headline(passed, format.count(checks.length)) };
}
