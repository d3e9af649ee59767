import type { ResultOf } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import { maximumBy } from "../statistics.ts";

/** "1 component", "20 components". */
export function componentsText(count: number, text: Catalogue, format: Format): string {
  return text.mixtures.componentsText(format.count(count), count === 1);
}

/** What the experiment `gmm-notebook` found, a sentence each. */
export function findGmmNotebook(
  result: ResultOf<"gmm-notebook">,
  text: Catalogue,
  format: Format,
): string[] {
  const t = text.notebook;
  const { byComponents, published, classifierAccuracy } = result.payload;
  const best = maximumBy(byComponents, (row) => row.aucAsPublished);
  const corrected = maximumBy(byComponents, (row) => row.aucCorrected);
  const below = byComponents.filter((row) => row.aucCorrected < 0.5).length;
  return [
    t.foundAgain(
      format.decimal(best.aucAsPublished),
      componentsText(best.components, text, format),
      format.decimal(published.bestAuc.value),
    ),
    t.foundCorrected(format.decimal(best.aucAsPublished), format.decimal(best.aucCorrected)),
    t.foundAbove(
      format.decimal(corrected.aucCorrected),
      componentsText(corrected.components, text, format),
    ),
    ...(below > 0 ? [t.foundBelow(format.percent(below / byComponents.length, 0))] : []),
    t.foundAccuracy(
      format.percent(classifierAccuracy, 2),
      format.percent(published.classifierAccuracy, 2),
    ),
  ];
}
