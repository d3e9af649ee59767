import type { Answer, Format, Translated } from "@mixtape/report-site/components";
import type { TryItResult } from "@mixtape/results";
import { english, type Words } from "./words/en.ts";
import { portuguese } from "./words/pt_br.ts";

/** The texts of the experiment, by language. */
export const words: Translated<Words> = { "en": english, "pt-BR": portuguese };

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: TryItResult, t: Words, format: Format): Answer {
  const { name, otherFound, alpha } = payload.detector;
  return {
    number: format.percent(otherFound.value),
    sentence: t.headline(name, format.decimal(alpha)),
  };
}
