import type { Catalogue } from "../report-site/language/catalogue.ts";
import type { Format } from "../report-site/language/format.ts";
import type { CodeCell } from "./cells.ts";
import {
  missingFacts,
  mixtureFacts,
  overlap,
  type Range,
  rangeOf,
  recallFacts,
  startFacts,
} from "./facts.ts";
import type { CellRun, Output, Values } from "./run_cells.ts";

/** A part of the notebook: Markdown, or code with what it put out. */
export type Part =
  | { readonly kind: "text"; readonly markdown: string }
  | { readonly kind: "code"; readonly source: string; readonly outputs: readonly Output[] };

/** A language, its texts and its way of writing numbers. */
export interface Telling {
  /** The texts. */
  readonly text: Catalogue;
  /** The way of writing numbers. */
  readonly format: Format;
}

/**
 * Composes the notebook: each question with its code, what that put out, and the answer.
 *
 * @param cells The code.
 * @param run Its output, and the values of the answers.
 * @param telling The language.
 */
export function compose(
  cells: readonly CodeCell[],
  { outputs, values }: CellRun,
  telling: Telling,
): Part[] {
  const { text: { exercise: t, missingDerivation, mixtureDerivation } } = telling;
  const text = (...blocks: readonly string[]): Part => ({
    kind: "text",
    markdown: blocks.join("\n\n"),
  });
  const code = (name: string): Part => ({
    kind: "code",
    source: cells.find((cell) => cell.name === name)!.source,
    outputs: outputs.get(name)!,
  });
  return [
    text(`# ${t.title}`, t.intro(values.digits.title, values.clothes.title)),
    text(t.data),
    code("data"),
    text(t.kmeans),
    code("k-means"),
    text(...answerStarts(values, telling)),
    text(t.centroids),
    code("centroids"),
    text(t.pictures),
    code("pictures"),
    text(t.recall),
    code("recall"),
    text(...answerRecall(values, telling)),
    text(t.classifier),
    code("classifier"),
    text(t.mixtures),
    code("mixtures"),
    text(...answerMixtures(values, telling)),
    text(t.roc),
    code("roc"),
    text(t.missingTitle),
    text(derivation(missingDerivation.article.markdown)),
    text(t.missing),
    code("missing"),
    text(answerMissing(values, telling)),
    text(t.mixtureTitle),
    text(derivation(mixtureDerivation.article.markdown)),
    text(t.mistakes),
    code("mistakes"),
    text(...answerMistakes(values, telling)),
  ];
}

/** Takes from an article what only its page has: slots, the headings of nothing else, anchors and links to other pages. */
function derivation(article: string): string {
  return article.replace(/^# .*\n/, "")
    .replace(/^::: .*\n?/gm, "")
    .replace(/ \{#[\w-]+\}$/gm, "")
    .replace(/^## /gm, "### ")
    .replace(/^\[[^\]]+\]\([^)]*\)$/gm, "")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/^### .*\s+(?=### |$(?![\s\S]))/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function answerStarts(values: Values, { text: { exercise: t }, format }: Telling): string[] {
  const starts = startFacts(values);
  const decimals = between((value) => format.decimal(value, 3));
  const list = starts.map(({ init, runs, iterations, inertia, purity }) =>
    t.start(
      init,
      format.count(runs),
      between(format.count)(iterations),
      between((value) => format.significant(value, 6))(inertia),
      decimals(purity),
    )
  );
  const [random, plus, means] = starts;
  const [better, worse] = random.inertia.low < plus.inertia.low ? [random, plus] : [plus, random];
  const others = rangeOf([random, plus].flatMap(({ purity: { low, high } }) => [low, high]));
  return [
    list.join("\n"),
    overlap(random.inertia, plus.inertia)
      ? t.inertiaAlike(random.init, plus.init)
      : t.inertiaApart(better.init, worse.init),
    t.purityOfMeans(decimals(means.purity), decimals(others)),
  ];
}

function answerRecall(values: Values, { text: { exercise: t }, format }: Telling): string[] {
  const { found, missed, mixed } = recallFacts(values);
  return [
    ...found.length > 0 ? [t.always(format.list(found))] : [],
    ...missed.length > 0 ? [t.never(format.list(missed))] : [],
    ...mixed.length > 0 ? [t.sometimes(format.list(mixed))] : [],
  ];
}

function answerMixtures(values: Values, { text: { exercise: t }, format }: Telling): string[] {
  const { chosen, isAtEdge, best, isAlike, auroc } = mixtureFacts(values);
  const decimal = (value: number) => format.decimal(value, 3);
  const sentences = [
    t.chosen(format.count(chosen.components), decimal(chosen.auroc), between(decimal)(chosen)),
    ...isAtEdge ? [t.chosenAtEdge] : [],
    ...best === chosen ? [] : [
      t.best(format.count(best.components), decimal(best.auroc)),
      ...isAlike ? [t.bestAlike] : [],
    ],
    t.spread(between(decimal)(auroc)),
  ];
  return [sentences.join(" ")];
}

function answerMissing(values: Values, { text: { exercise: t }, format }: Telling): string {
  const decimals = between((value) => format.decimal(value, 3));
  return missingFacts(values).map(({ rate, methods, winner }) =>
    t.missingRow(
      format.percent(rate, 0),
      methods.map(({ method, nmi }) => `${method} ${decimals(nmi)}`).join(", "),
    ) + (winner === null ? t.noWinner : t.winner(winner))
  ).join("\n");
}

function answerMistakes(
  { published, corrected }: Values,
  { text: { exercise: t }, format }: Telling,
): string[] {
  const said = t.sign(format.decimal(published, 3), format.decimal(corrected, 3));
  if (published === 0.5) return [said];
  return [said, published < 0.5 ? t.signExplains : t.signDoesNotExplain];
}

/** Returns a way to write a range, as one value where both ends are written alike. */
function between(write: (value: number) => string): (range: Range) => string {
  return ({ low, high }) => {
    const [from, to] = [write(low), write(high)];
    return from === to ? from : `${from}–${to}`;
  };
}
