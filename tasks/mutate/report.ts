import type { Tried } from "./mutate.ts";
import { partOf } from "./workspace.ts";

/** Writes a mutant on a line: where it is, what is changed into what, and what became of it. */
export function mutantLine({ mutant, verdict }: Tried): string {
  const { file, line, operator, original, replacement } = mutant;
  return `${file}:${line}  ${verdict.kind}  ${operator}\n    ${short(original)}\n  → ${
    short(replacement)
  }`;
}

const maxLength = 160;

function short(text: string): string {
  const one = text.replace(/\s+/g, " ");
  return one.length <= maxLength ? one : `${one.slice(0, maxLength - 1)}…`;
}

/** Counts of a part of the workspace. */
interface Score {
  noticed: number;
  survived: number;
  notReached: number;
  undecided: number;
}

/**
 * Counts what became of the mutants, for each part of the workspace and in all.
 *
 * @returns The table as text, and the share that was noticed of those that were decided, from 0 to 1.
 */
export function scoreTable(tried: readonly Tried[]): { table: string; share: number } {
  const all = emptyScore();
  const parts = new Map<string, Score>();
  for (const { mutant, verdict } of tried) {
    for (const score of [all, parts.getOrInsertComputed(partOf(mutant.file), emptyScore)]) {
      score[verdict.kind === "not reached" ? "notReached" : verdict.kind]++;
    }
  }
  const rows = [...parts].sort(([one], [other]) => one < other ? -1 : 1);
  if (rows.length > 1) rows.push(["all", all]);
  const cells = rows.map(([name, score]) => [
    name,
    `${score.noticed} of ${decided(score)}`,
    decided(score) === 0 ? "" : `${Math.floor(shareOf(score) * 100)}%`,
    String(score.notReached),
    String(score.undecided),
  ]);
  const lines = [["part", "noticed", "share", "not reached", "undecided"], ...cells];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const table = lines.map((line) =>
    line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])
    )
      .join("  ")
  ).join("\n");
  return { table, share: shareOf(all) };
}

function emptyScore(): Score {
  return { noticed: 0, survived: 0, notReached: 0, undecided: 0 };
}

function decided({ noticed, survived, notReached }: Score): number {
  return noticed + survived + notReached;
}

function shareOf(score: Score): number {
  return decided(score) === 0 ? 1 : score.noticed / decided(score);
}
