import { type Format, maximumBy, type Span } from "@mixtape/report-site/components";

/** A value with one number of clusters, over the seeds. */
export interface AtClusters extends Span {
  /** The number of clusters. */
  readonly clusters: number;
}

/** The number of clusters at which a value has its largest mean. */
export interface Choice extends AtClusters {
  /** Other numbers of clusters whose range over the seeds overlaps with that of the chosen one. */
  readonly rivals: readonly number[];
  /** End of the candidates that was chosen, if one was. */
  readonly edge: "smallest" | "largest" | null;
}

/**
 * Chooses the number of clusters at which a value has its largest mean.
 *
 * @param candidates The value by numbers of clusters, ascending; at least one.
 */
export function chooseClusters(candidates: readonly AtClusters[]): Choice {
  const best = maximumBy(candidates, (one) => one.mean);
  const rivals = candidates.filter((one) => one !== best && one.high >= best.low);
  const at = candidates.indexOf(best);
  const last = at === candidates.length - 1;
  return {
    ...best,
    rivals: rivals.map(({ clusters }) => clusters),
    edge: at === 0 ? "smallest" : last ? "largest" : null,
  };
}

/** Numbers of clusters as a list that joins neighbours: `3 and 5–7`. */
export function clustersText(clusters: readonly number[], format: Format): string {
  const runs: number[][] = [];
  for (const one of clusters) {
    const run = runs.at(-1);
    if (run?.at(-1) === one - 1) run.push(one);
    else runs.push([one]);
  }
  return format.list(
    runs.flatMap((run) =>
      run.length < 3
        ? run.map(format.count)
        : [`${format.count(run[0])}–${format.count(run[run.length - 1])}`]
    ),
  );
}
