import type { RunsData, StoredRun } from "./runs_data.ts";

/** The places of two runs of one experiment. */
export type Two = readonly [before: number, after: number];

/** Tells a run from all others, also once further ones are stored. */
export function nameOfRun({ experiment, startedAt }: StoredRun): string {
  return `${experiment}.${startedAt}`;
}

/**
 * Finds the two runs that were chosen.
 *
 * @param stored All runs.
 * @param chosen Returns the name of the run that was chosen as `before` or `after`, if one was.
 * @returns Their places; nothing unless both are stored and of one experiment.
 */
export function namedTwo(
  stored: RunsData,
  chosen: (which: "before" | "after") => string | undefined,
): Two | undefined {
  const [before, after] = (["before", "after"] as const).map((which) =>
    stored.findIndex((run) => nameOfRun(run) === chosen(which))
  );
  const isPair = stored[before]?.experiment === stored[after]?.experiment;
  return isPair && before >= 0 ? [before, after] : undefined;
}

/**
 * Chooses the run to compare with another.
 *
 * @param stored All runs, those of an experiment beside each other, each of which has several.
 * @param at Place of the run.
 * @returns The run and the one before it of the same experiment; the one after it, if it is the first.
 */
export function lastTwo(stored: RunsData, at: number): Two {
  const isFirst = stored[at - 1]?.experiment !== stored[at].experiment;
  return [isFirst ? at + 1 : at - 1, at];
}

/** Exchanges the run after: beside one of another experiment, there is another one before as well. */
export function withAfter(stored: RunsData, before: number, after: number): Two {
  const isSame = stored[after].experiment === stored[before].experiment;
  return isSame ? [before, after] : lastTwo(stored, after);
}
