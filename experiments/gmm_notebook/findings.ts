import {
  type Answer,
  aucInterval,
  type Catalogue,
  type Format,
  maximumBy,
  rangeText,
} from "@mixtape/report-site/components";
import { countText } from "../count_text.ts";
import type { GmmNotebookResult } from "./result.ts";
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
  const below = byComponents.filter((row) => row.aucCorrected < 0.5).length;
  return [
    t.findingAgain(
      format.decimal(best.aucAsPublished),
      countText(best.components, t.componentsText, format),
      format.decimal(published.bestAuc.value),
    ),
    (best.aucCorrected > best.aucAsPublished ? t.findingSign : t.findingNotSign)(
      format.decimal(best.aucAsPublished),
      format.decimal(best.aucCorrected),
    ),
    t.findingAbove(
      format.decimal(corrected.aucCorrected),
      countText(corrected.components, t.componentsText, format),
    ),
    ...(below > 0 ? [t.findingBelow(format.percent(below / byComponents.length, 0))] : []),
    t.findingAccuracy(
      format.percent(classifierAccuracy, 2),
      format.percent(published.classifierAccuracy, 2),
    ),
  ];
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
