import {
  answerAccuracy,
  answerMissing,
  answerMistakes,
  answerMixtures,
  answerRecall,
  answerStarts,
  type Telling,
} from "./answers.ts";
import type { CodeCell } from "./cells.ts";
import type { CellRun, Output } from "./run_cells.ts";

/** A part of the notebook: Markdown, or code with what it put out. */
export type Part =
  | { readonly kind: "text"; readonly markdown: string }
  | { readonly kind: "code"; readonly source: string; readonly outputs: readonly Output[] };

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
    text(...answerMistakes(values, telling), ...answerAccuracy(values, telling)),
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
