import { type Estimate, estimatesOf, type Result } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";

/** A number of two runs. */
export interface NumberPair {
  /** Where it is in both. */
  readonly path: string;
  /** The former. */
  readonly before: Estimate;
  /** The latter. */
  readonly after: Estimate;
  /** Whether each lies outside the other's interval. */
  readonly moved: boolean;
}

/** Two runs of an experiment, compared. */
export interface RunChange {
  /** The former run. */
  readonly before: Result;
  /** The latter run. */
  readonly after: Result;
  /** The numbers that both have, those that moved first. */
  readonly pairs: readonly NumberPair[];
}

/** Compares the numbers that carry an interval in two runs of an experiment. */
export function compareRuns(before: Result, after: Result): RunChange {
  const former = new Map(estimatesOf(before).map((one) => [one.path, one]));
  const pairs = estimatesOf(after).flatMap((one): NumberPair[] => {
    const other = former.get(one.path);
    if (other === undefined) return [];
    const moved = outside(one.value, other) && outside(other.value, one);
    return [{ path: one.path, before: other, after: one, moved }];
  });
  return { before, after, pairs: pairs.sort((a, b) => Number(b.moved) - Number(a.moved)) };
}

function outside(value: number, { interval: { low, high } }: Estimate): boolean {
  return value < low || value > high;
}

/** The last two runs of each experiment that was run more than once. */
export function latestChanges(runs: readonly Result[]): RunChange[] {
  return Object.values(Object.groupBy(runs, (run) => run.experiment)).flatMap((own = []) => {
    const [before, after] = own.slice(-2);
    return after === undefined ? [] : [compareRuns(before, after)];
  });
}

/** What changed, in a sentence. */
export function changeSentence(
  { before, after, pairs }: RunChange,
  text: Catalogue,
  format: Format,
): string {
  return text.runs.changed(
    text.site.experimentNames[after.experiment],
    format.moment(before.provenance.startedAt),
    format.count(pairs.filter((pair) => pair.moved).length),
    format.count(pairs.length),
  );
}
