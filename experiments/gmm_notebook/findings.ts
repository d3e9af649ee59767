import {
  type Answer,
  aucInterval,
  type Catalogue,
  type Format,
  maximumBy,
  rangeText,
} from "@mixtape/report-site/components";
import { countText } from "../count_text.ts";
import type { GmmNotebookResult, NotebookRow } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `gmm-notebook`, one sentence each. */
export function findGmmNotebook(
  result: GmmNotebookResult,
  t: Words,
  format: Format,
): string[] {
  const { byComponents, published, classifierAccuracy } = result.payload;
  const best = maximumBy(byComponents, (row) => row.aucAsPublished);
  const corrected = maximumBy(byComponents, (row) => row.aucCorrected);
  const below = byComponents.filter((row) => intervalOf(row, result).high < 0.5).length;
  const most = Math.max(...byComponents.map(({ components }) => components));
  return [
    t.findingAgain(
      format.decimal(best.aucAsPublished),
      countText(best.components, t.componentsText, format),
      format.decimal(published.bestAuc.value),
    ),
    signSentence(intervalOf(best, result), t)(
      format.decimal(best.aucAsPublished),
      format.decimal(best.aucCorrected),
    ),
    t.findingAbove(
      format.decimal(corrected.aucCorrected),
      countText(corrected.components, t.componentsText, format),
    ),
    ...(byComponents.length > 1 && corrected.components === most ? [t.findingEdge] : []),
    ...(below > 0 ? [t.findingBelow(format.count(below), format.count(byComponents.length))] : []),
    t.findingAccuracy(
      format.percent(classifierAccuracy, 2),
      format.percent(published.classifierAccuracy, 2),
    ),
  ];
}

/** The interval of a mixture's area with the sign that the score needs: in-distribution rows count as positive. */
function intervalOf({ aucCorrected }: NotebookRow, { payload: { rows } }: GmmNotebookResult) {
  return aucInterval(aucCorrected, rows.inDistribution, rows.outOfDistribution);
}

/** The sentence on what turning the sign round mends, as far as the interval of the area turned round bears it. */
function signSentence({ low, high }: { readonly low: number; readonly high: number }, t: Words) {
  if (low > 0.5) return t.findingSign;
  return high < 0.5 ? t.findingNotSign : t.findingSignOpen;
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  result: GmmNotebookResult,
  t: Words,
  format: Format,
  text: Catalogue,
): Answer {
  const best = maximumBy(result.payload.byComponents, (row) => row.aucAsPublished);
  const { inDistribution, outOfDistribution } = result.payload.rows;
  // As published, the area is the chance that an out-of-distribution row scores higher.
  const interval = aucInterval(best.aucAsPublished, outOfDistribution, inDistribution);
  return {
    number: format.decimal(best.aucAsPublished),
    sentence: t.headline(format.decimal(best.aucCorrected)),
    uncertainty: text.overview.interval(rangeText(interval, format)),
  };
}
