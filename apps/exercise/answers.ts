import { compareRuns } from "../../experiments/compare.ts";
import { published } from "../../experiments/gmm_notebook/published.ts";
import type { Catalogue } from "../report-site/language/catalogue.ts";
import type { Format } from "../report-site/language/format.ts";
import {
  missingFacts,
  mixtureFacts,
  type Range,
  rangeOf,
  recallFacts,
  startFacts,
} from "./facts.ts";
import type { Values } from "./run_cells.ts";

/** A language, its texts and its way of writing numbers. */
export interface Telling {
  /** The texts. */
  readonly text: Catalogue;
  /** The way of writing numbers. */
  readonly format: Format;
}

/** Says where the runs from each start end, and which start ends lower. */
export function answerStarts(
  values: Pick<Values, "runs">,
  { text: { exercise: t }, format }: Telling,
): string[] {
  const starts = startFacts(values);
  const decimals = between((value) => format.decimal(value, 3));
  const list = starts.map(({ init, runs, iterations, inertias, purity }) =>
    t.start(
      init,
      format.count(runs),
      between(format.count)(iterations),
      between((value) => format.significant(value, 5))(rangeOf(inertias)),
      decimals(purity),
    )
  );
  const lowest = values.runs.reduce((a, b) => a.inertia <= b.inertia ? a : b);
  const [random, plus, means] = starts;
  const others = rangeOf([random, plus].flatMap(({ purity: { low, high } }) => [low, high]));
  return [
    t.measures,
    list.join("\n"),
    t.grouped(format.percent(lowest.purity)),
    {
      less: t.inertiaApart(plus.init, random.init),
      more: t.inertiaApart(random.init, plus.init),
      open: t.inertiaAlike(plus.init, random.init),
    }[compareRuns(plus.inertias, random.inertias)],
    t.purityOfMeans(decimals(means.purity), decimals(others)),
  ];
}

/** Says which classes are found from every start, from none and from some. */
export function answerRecall(
  values: Pick<Values, "recalls" | "digits">,
  { text: { exercise: t }, format }: Telling,
): string[] {
  const { found, missed, mixed } = recallFacts(values);
  return [
    ...found.length > 0 ? [t.always(format.list(found))] : [],
    ...missed.length > 0 ? [t.never(format.list(missed))] : [],
    ...mixed.length > 0 ? [t.sometimes(format.list(mixed))] : [],
  ];
}

/** Says which mixture is chosen, and what looking at clothes would have chosen. */
export function answerMixtures(
  values: Pick<Values, "mixtures">,
  { text: { exercise: t }, format }: Telling,
): string[] {
  const { chosen, edge, best, isAlike, auroc } = mixtureFacts(values);
  const decimal = (value: number) => format.decimal(value, 3);
  const sentences = [
    t.chosen(format.count(chosen.components), decimal(chosen.auroc), between(decimal)(chosen)),
    ...edge ? [t.chosenAtEdge[edge]] : [],
    ...best === chosen ? [] : [
      t.best(format.count(best.components), decimal(best.auroc)),
      ...isAlike ? [t.bestAlike] : [],
    ],
    t.spread(between(decimal)(auroc)),
  ];
  return [sentences.join(" ")];
}

/** Says how the methods agree with the classes at each share of missing entries. */
export function answerMissing(
  values: Pick<Values, "missing">,
  { text: { exercise: t }, format }: Telling,
): string {
  const decimals = between((value) => format.decimal(value, 3));
  return missingFacts(values).map(({ rate, methods, areSame, winner, loser }) => {
    const row = t.missingRow(
      format.percent(rate, 0),
      methods.map(({ method, nmi }) => `${method} ${decimals(nmi)}`).join(", "),
    );
    const shown = [
      ...winner === null ? [] : [t.winner(winner)],
      ...loser === null ? [] : [t.loser(loser)],
    ];
    const none = areSame ? t.sameMethods : t.noWinner;
    return [row, ...shown.length > 0 ? shown : [none]].join(" ");
  }).join("\n");
}

/** Says whether a weaker decay comes nearer to the published accuracy, where the data are those of the notebook. */
export function answerAccuracy(
  { accuracies: { decayed, weaker }, used }: Pick<Values, "accuracies" | "used">,
  { text: { exercise: t }, format }: Telling,
): string[] {
  const { classifierAccuracy } = published;
  const said = t.accuracies(
    ...[decayed, weaker, classifierAccuracy].map((one) => format.percent(one, 2)) as [
      string,
      string,
      string,
    ],
  );
  if (used !== "mnist") return [said, t.accuracyOfOthers];
  const missedBy = (accuracy: number) => Math.abs(accuracy - classifierAccuracy);
  const isNearer = missedBy(weaker) < missedBy(decayed);
  return [said, isNearer ? t.decayExplains : t.decayDoesNotExplain];
}

/** Says what the sign of the AUC did in the original notebook. */
export function answerMistakes(
  { corrected }: Pick<Values, "corrected">,
  { text: { exercise: t }, format }: Telling,
): string[] {
  const decimal = (value: number) => format.decimal(value, 3);
  const said = t.sign(
    decimal(1 - corrected.auroc),
    decimal(corrected.auroc),
    between(decimal)(corrected),
  );
  if (corrected.low > 0.5) return [said, t.signExplains];
  return [said, corrected.high < 0.5 ? t.signDoesNotExplain : t.signOpen];
}

/** Returns a way to write a range, as one value where both ends are written alike. */
function between(write: (value: number) => string): (range: Range) => string {
  return ({ low, high }) => {
    const [from, to] = [write(low), write(high)];
    return from === to ? from : `${from}–${to}`;
  };
}
