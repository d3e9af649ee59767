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

/** A share of mutants, from 0 to 1: a range, as those that time ran out for may or may not be noticed. */
export interface ShareRange {
  /** The share if no undecided mutant is noticed. */
  readonly low: number;
  /** The share if every undecided mutant is noticed. */
  readonly high: number;
}

/**
 * Counts what became of the mutants, for each part of the workspace and in all.
 *
 * @returns The table as text, and the share of all mutants that was noticed.
 */
export function scoreTable(tried: readonly Tried[]): { table: string; share: ShareRange } {
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
    `${score.noticed} of ${totalOf(score)}`,
    rangeText(shareOf(score)),
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

function totalOf({ noticed, survived, notReached, undecided }: Score): number {
  return noticed + survived + notReached + undecided;
}

function shareOf(score: Score): ShareRange {
  const total = totalOf(score);
  if (total === 0) return { low: 1, high: 1 };
  return { low: score.noticed / total, high: (score.noticed + score.undecided) / total };
}

/** Writes a share in whole percent, rounded down, as a range where it is one. */
export function rangeText({ low, high }: ShareRange): string {
  const [from, to] = [low, high].map((share) => Math.floor(share * 100));
  return low === high ? `${from}%` : `${from}–${to}%`;
}
