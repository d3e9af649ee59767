import type { BenchResults } from "./results_file.ts";
import type { RowResult } from "./row_result.ts";
import {
  behindHeader,
  behindLines,
  comparisonHeader,
  comparisonLines,
  layOut,
  markdownTable,
  missedLines,
  qualityHeader,
  qualityLines,
  scalingTables,
} from "./table.ts";

type Layout = (header: readonly string[], lines: readonly string[][]) => string[];

/**
 * Formats results as text for a terminal.
 *
 * @param results The results.
 * @returns Lines of text.
 */
export function reportText(results: BenchResults): string[] {
  return report(results, layOut, (title) => [title.toUpperCase(), ""]);
}

/**
 * Formats results as Markdown.
 *
 * @param results The results.
 * @returns Lines of text.
 */
export function reportMarkdown(results: BenchResults): string[] {
  return report(results, markdownTable, (title) => [`### ${title}`, ""]);
}

function report(
  { machine, rows }: BenchResults,
  layout: Layout,
  heading: (title: string) => string[],
): string[] {
  const { processor, processors, memory, os, runtime } = machine;
  const compared = rows.filter((row) => row.scaling === null);
  const part = (title: string, header: readonly string[], lines: readonly string[][]) =>
    lines.length === 0 ? [] : [...heading(title), ...layout(header, lines), ""];
  return [
    `${processors} × ${processor}, ${Math.round(memory / 2 ** 30)} GiB, ${os}, ${runtime}`,
    "",
    ...(rows.some(({ quick }) => quick) ? ["Small problems (--quick): no bar applies.", ""] : []),
    ...part("Behind a peer", behindHeader, behindLines(compared)),
    ...part("Times", comparisonHeader, comparisonLines(compared)),
    ...part(
      "Bars missed",
      ["work", "against", "ratio", "bar", "profile, and bound"],
      missedLines(compared),
    ),
    ...part("Quality", qualityHeader, qualityLines(compared)),
    ...scalingTables(rows).flatMap(({ axis, header, lines }) =>
      part(`Scaling with ${axis}`, header, lines)
    ),
    ...part("Versions", ["peer", "versions"], versionLines(rows)),
    ...part("Missing", ["peer", "why", "installed by"], missingLines(rows)),
    ...part("Failed", ["work", "why"], failureLines(rows)),
  ];
}

function versionLines(rows: readonly RowResult[]): string[][] {
  const byPeer = new Map<string, string>();
  for (const { peer, versions } of rows.flatMap(({ entries }) => entries)) {
    if (byPeer.has(peer)) continue;
    byPeer.set(
      peer,
      Object.entries(versions).map(([name, version]) => `${name} ${version}`).join("; "),
    );
  }
  return [...byPeer];
}

function missingLines(rows: readonly RowResult[]): string[][] {
  const byTitle = new Map(rows.flatMap(({ missing }) => missing).map((peer) => [peer.title, peer]));
  return [...byTitle.values()].map(({ title, reason, install }) => [title, reason, install]);
}

function failureLines(rows: readonly RowResult[]): string[][] {
  return rows.flatMap(({ title, failures }) => failures.map((failure) => [title, failure]));
}
