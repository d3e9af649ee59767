import {
  type Answer,
  aucInterval,
  type Catalogue,
  type Format,
  maximumBy,
  rangeText,
} from "@mixtape/report-site/components";
import { countText } from "../count_text.ts";
import type { GmmNotebookResult, NotebookRecipe, NotebookRow } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `gmm-notebook`, one sentence each. */
export function findGmmNotebook(
  result: GmmNotebookResult,
  t: Words,
  format: Format,
): string[] {
  const { byComponents, published } = result.payload;
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
    ...accuracy(result, t, format),
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

/** Sets the accuracy beside the published one, and says which recipes give that one, if such a run can tell. */
function accuracy({ payload, options }: GmmNotebookResult, t: Words, format: Format): string[] {
  const { recipes: [own, ...others], published: { classifierAccuracy } } = payload;
  const said = format.percent(classifierAccuracy, 2);
  const { value, interval } = own.testAccuracy;
  const ours = format.percent(value, 2);
  const holds = (recipe: NotebookRecipe) => {
    const { low, high } = recipe.testAccuracy.interval;
    return low <= classifierAccuracy && classifierAccuracy <= high;
  };
  if (options.dataset.used !== "mnist" || options.parameters.trainRows !== null) {
    return [t.findingAccuracyOther(ours, said)];
  }
  const sentence = t.findingAccuracy(ours, format.percentInterval(interval, 2), said);
  if (holds(own)) return [sentence];
  const told = (recipes: readonly NotebookRecipe[]) =>
    format.list(recipes.map((recipe) =>
      t.recipeWith(
        recipeName(recipe, t, format),
        format.percent(recipe.testAccuracy.value, 2),
        format.decimal(recipe.aucAsPublished),
      )
    ));
  const reaching = others.filter(holds);
  return [
    sentence,
    reaching.length > 0
      ? t.findingExplained(told(reaching), said)
      : t.findingUnexplained(told(others), said),
  ];
}

/** Names a recipe by its pixels and its decay. */
export function recipeName(
  { pixelScale, weightDecay }: NotebookRecipe,
  t: Words,
  format: Format,
): string {
  return t.recipe(t.pixelScales[pixelScale], format.weight(weightDecay));
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
