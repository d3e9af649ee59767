import type { Answer, Format, Translated } from "@mixtape/report-site/components";
import type { DerivationsResult } from "@mixtape/results";
import { english, type Words } from "./words/en.ts";
import { portuguese } from "./words/pt_br.ts";

/** The texts of the experiment, by language. */
export const words: Translated<Words> = { "en": english, "pt-BR": portuguese };

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: DerivationsResult, t: Words, format: Format): Answer {
  const { checks } = payload;
  const passed = format.count(checks.filter((check) => check.passed).length);
  return { number: passed, sentence: t.headline(passed, format.count(checks.length)) };
}
