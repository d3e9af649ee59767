import type { Comparison, EntryResult, RowResult } from "./row_result.ts";
import { formatBytes, formatRatio, formatSeconds } from "./units.ts";

/** The columns of the table of comparisons. */
export const comparisonHeader = ["work", "ours", "against", "ratio", "bar", "reached"] as const;

/**
 * Makes the table of comparisons: one line per comparison, the work named on its first.
 *
 * @param rows The rows that were measured.
 * @returns The cells of each line.
 */
export function comparisonLines(rows: readonly RowResult[]): string[][] {
  return rows.flatMap((row) => {
    const work = `${row.title} (${row.size})`;
    const lines = row.comparisons.map((comparison) => comparisonLine(row, comparison));
    if (lines.length === 0) return [[work, describe(row.entries[0]), "", "", "", ""]];
    return lines.map((cells, i) => [i === 0 ? work : "", ...cells]);
  });
}

function comparisonLine(
  { entries }: RowResult,
  { against, measure, ratio, bar, reached }: Comparison,
): string[] {
  const ours = entries.find(({ id }) => id === "ours");
  const other = entries.find(({ id }) => id === against);
  if (!other) {
    const limit = ours ? `at most ${formatSeconds(ours.seconds.median * ratio)}` : "";
    return [describe(ours), limit, formatRatio(ratio), formatRatio(bar ?? 1), verdict(reached)];
  }
  const [mine, theirs] = measure === "seconds"
    ? [describe(ours), `${name(other)}: ${describe(other)}`]
    : [memory(ours), `${name(other)}: ${memory(other)}`];
  const wanted = bar === null ? "" : formatRatio(bar);
  return [mine, theirs, formatRatio(ratio), wanted, verdict(reached)];
}

/**
 * Makes the table of bars that were missed, with the profile of the work and the bound in the way.
 *
 * @param rows The rows that were measured.
 * @returns The cells of each line.
 */
export function missedLines(rows: readonly RowResult[]): string[][] {
  return rows.flatMap(({ title, entries, comparisons, bound = "not profiled" }) =>
    comparisons.filter(({ reached }) => reached === false).map(({ against, ratio, bar }, i) => [
      title,
      entries.find(({ id }) => id === against)?.title ?? "limit",
      formatRatio(ratio),
      formatRatio(bar ?? 1),
      i === 0 ? bound : "as above",
    ])
  );
}

/** Entries that are no other library: Mixtape on one thread, and limits of the processor. */
const noPeers = ["ours-1", "peak", "registers"];

/** The columns of the table of works in which a peer is ahead. */
export const behindHeader = ["work", "ours", "against", "ratio", "profile, and bound"] as const;

/**
 * Makes the table of works in which a peer is faster or needs less memory, the furthest ahead first.
 *
 * @param rows The rows that were measured.
 * @returns The cells of each line.
 */
export function behindLines(rows: readonly RowResult[]): string[][] {
  const behind = rows.flatMap((row) =>
    row.comparisons
      .filter(({ ratio, against }) => ratio < 1 && against !== null && !noPeers.includes(against))
      .map((comparison) => ({ row, comparison }))
  );
  return behind.sort((a, b) => a.comparison.ratio - b.comparison.ratio)
    .map(({ row, comparison }) => {
      const [ours, theirs, ratio] = comparisonLine(row, comparison);
      return [`${row.title} (${row.size})`, ours, theirs, ratio, row.bound ?? "not profiled"];
    });
}

function name({ title, threads, remark }: EntryResult): string {
  const count = threads === null ? "" : threads === 1 ? "1 thread" : `${threads} threads`;
  return [title, count, remark].filter(Boolean).join(", ");
}

/** Formats the median, with the smallest and largest time if there are several runs. */
function describe(entry: EntryResult | undefined): string {
  if (!entry) return "failed";
  const { median, min, max, runs } = entry.seconds;
  if (runs === 1) return `${formatSeconds(median)} (1 run)`;
  return `${formatSeconds(median)} (${formatSeconds(min)}–${formatSeconds(max)})`;
}

function memory(entry: EntryResult | undefined): string {
  return entry?.last.peakBytes === undefined ? "unknown" : formatBytes(entry.last.peakBytes);
}

function verdict(reached: boolean | null): string {
  if (reached === null) return "";
  return reached ? "yes" : "no";
}

/** The columns of the table of qualities. */
export const qualityHeader = [
  "work",
  "what",
  "ours",
  "against",
  "theirs",
  "difference",
  "equal",
] as const;

/**
 * Makes the table of the quality of results.
 *
 * @param rows The rows that were measured.
 * @returns The cells of each line.
 */
export function qualityLines(rows: readonly RowResult[]): string[][] {
  return rows.flatMap(({ title, qualities, entries }) =>
    qualities.filter(({ against }) => against !== "ours-1").map((quality) => {
      const other = entries.find(({ id }) => id === quality.against);
      const within = quality.tolerance === null ? "" : ` (within ${quality.tolerance})`;
      return [
        title,
        quality.name,
        quality.ours.toPrecision(8),
        other?.title ?? quality.against,
        quality.theirs.toPrecision(8),
        quality.difference.toExponential(1),
        verdict(quality.equal) + within,
      ];
    })
  );
}

/**
 * Makes the tables of scaling: one per axis, with one line per size.
 *
 * @param rows The rows that were measured, with those of the scaling tables among them.
 * @returns For each axis its header and the cells of each line.
 */
export function scalingTables(
  rows: readonly RowResult[],
): { axis: string; header: string[]; lines: string[][] }[] {
  const scaling = rows.filter((row) => row.scaling !== null);
  const axes = [...new Set(scaling.map((row) => row.scaling!.axis))];
  return axes.map((axis) => {
    const ofAxis = scaling.filter((row) => row.scaling!.axis === axis);
    return {
      axis,
      header: [axis, "on", "2 threads", "1 thread", "1 ÷ 2", "scikit-learn", "ratio"],
      lines: ofAxis.map(({ scaling, size, entries }) => {
        const median = (id: string) => entries.find((entry) => entry.id === id)?.seconds.median;
        const [two, one, peer] = [median("ours"), median("ours-1"), median("scikit-learn")];
        const time = (seconds?: number) => seconds === undefined ? "" : formatSeconds(seconds);
        const ratio = (a?: number, b?: number) => a && b ? formatRatio(a / b) : "";
        const cells = [time(two), time(one), ratio(one, two), time(peer), ratio(peer, two)];
        return [String(scaling!.value), size, ...cells];
      }),
    };
  });
}

/**
 * Lays out a table in columns, for a terminal.
 *
 * @param header Names of the columns.
 * @param lines The cells of each line.
 * @returns Lines of text.
 */
export function layOut(header: readonly string[], lines: readonly string[][]): string[] {
  const all = [[...header], ...lines];
  const widths = header.map((_, i) => Math.max(...all.map((cells) => cells[i].length)));
  const rule = widths.map((width) => "─".repeat(width));
  return [all[0], rule, ...lines].map((cells) =>
    cells.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd()
  );
}

/**
 * Formats a table as Markdown.
 *
 * @param header Names of the columns.
 * @param lines The cells of each line.
 * @returns Lines of text.
 */
export function markdownTable(header: readonly string[], lines: readonly string[][]): string[] {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(header), row(header.map(() => "---")), ...lines.map(row)];
}
