import type { Answer, Format } from "@mixtape/report-site/components";
import type { TryItResult } from "@mixtape/results";
import type { Words } from "./words/en.ts";

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: TryItResult, t: Words, format: Format): Answer {
  const { name, otherFound, alpha } = payload.detector;
  return {
    number: format.percent(otherFound.value),
    sentence: t.headline(name, format.decimal(alpha)),
  };
}
