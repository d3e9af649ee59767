import type { Measured } from "./measure.ts";
import type { Bar, Plan, Quality } from "./plan.ts";
import type { Comparison, EntryResult, QualityResult } from "./row_result.ts";
import { scaled, spread } from "./spread.ts";

/** The shortest work, in seconds, on which a second thread has to pay. */
const threadsPayAbove = 0.01;

/** The least ratio of the time on one thread to that on two. */
const threadsBar = 1.7;

/** Summarises the runs of an entry. */
export function entryResult({ entry, peer, label, threads, measurements }: Measured): EntryResult {
  const { centroids: _, ...last } = measurements[measurements.length - 1];
  const runs = measurements.map(({ seconds }) => seconds);
  const factor = entry.factor ?? 1;
  return {
    id: entry.id,
    peer: peer.peer.title,
    title: entry.title ?? [peer.peer.title, label].filter(Boolean).join(", "),
    versions: peer.versions,
    threads,
    runs,
    seconds: scaled(spread(runs), factor),
    factor,
    remark: entry.remark ?? null,
    last,
  };
}

/**
 * Compares Mixtape's times with those of the other entries, and with the bars.
 *
 * @param entries The results of all entries; `ours` is Mixtape, `ours-1` Mixtape on one thread.
 * @param bars The ratios and limits to reach.
 * @param quick True if the problem was made smaller, so that no bar applies.
 * @returns One comparison per bar, then one for each entry without a bar.
 */
export function compare(
  entries: readonly EntryResult[],
  bars: readonly Bar[],
  quick: boolean,
): Comparison[] {
  const ours = entries.find(({ id }) => id === "ours");
  if (!ours) return [];
  const all = [...bars, ...threadBars(ours)];
  const barred = all.flatMap((bar) => compareWithBar(ours, entries, bar, quick));
  const rest = entries.filter(({ id }) =>
    id !== "ours" && !barred.some(({ against }) => against === id)
  );
  return [
    ...barred,
    ...rest.map(({ id, seconds }): Comparison => ({
      against: id,
      measure: "seconds",
      ratio: seconds.median / ours.seconds.median,
      bar: null,
      reached: null,
    })),
  ];
}

/** Returns the bar for two threads against one, if the work is long enough. */
function threadBars(ours: EntryResult): Bar[] {
  if (ours.seconds.median < threadsPayAbove) return [];
  return [{ against: ["ours-1"], atLeast: threadsBar }];
}

function compareWithBar(
  ours: EntryResult,
  entries: readonly EntryResult[],
  { against, atLeast, atMostSeconds, measure = "seconds" }: Bar,
  quick: boolean,
): Comparison[] {
  const judged = (id: string | null, ratio: number, bar: number): Comparison => ({
    against: id,
    measure,
    ratio,
    bar,
    reached: quick ? null : ratio >= bar,
  });
  if (atMostSeconds !== undefined) return [judged(null, atMostSeconds / ours.seconds.median, 1)];
  const amount = ({ seconds, last }: EntryResult) =>
    measure === "seconds" ? seconds.median : last.peakBytes ?? NaN;
  const [fastest] = entries
    .filter(({ id }) => against.includes(id))
    .toSorted((a, b) => a.seconds.median - b.seconds.median);
  return fastest ? [judged(fastest.id, amount(fastest) / amount(ours), atLeast ?? 1)] : [];
}

/**
 * Compares the quality of the results: that the others did the work as well as Mixtape.
 *
 * @param measured The runs of all entries.
 * @param plan The qualities to compare.
 * @returns One comparison for each quality and each entry that reports it.
 */
export function compareQuality(
  measured: readonly Measured[],
  { qualities = [] }: Plan,
): QualityResult[] {
  const [ours, ...others] = measured;
  if (ours?.entry.id !== "ours") return [];
  return qualities.flatMap((quality) => {
    const mine = meanOf(quality, ours);
    return others.flatMap((other) => {
      const theirs = meanOf(quality, other);
      if (mine === undefined || theirs === undefined) return [];
      const difference = Math.abs(mine - theirs) / Math.abs(theirs);
      const tolerance = quality.tolerance ?? null;
      return [{
        against: other.entry.id,
        name: quality.name,
        ours: mine,
        theirs,
        difference,
        tolerance,
        equal: tolerance === null ? null : difference <= tolerance,
      }];
    });
  });
}

/** Returns the mean over runs whose seeds differ, as one run says little; else the value of the last run. */
function meanOf({ value }: Quality, { entry, measurements }: Measured): number | undefined {
  const runs = entry.perRun ? measurements : measurements.slice(-1);
  const values = runs.map(value).filter((found) => found !== undefined);
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
}
