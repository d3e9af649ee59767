import type { Estimate, ParameterValue } from "@mixtape/results";
import type { Origin } from "../components/origin.ts";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";

/** A run, as much of it as a comparison needs. */
export interface RunSummary {
  /** Name of the experiment. */
  readonly experiment: string;
  /** Start of the run, in ISO 8601, UTC. */
  readonly startedAt: string;
  /** Origin of the numbers: options and commit. */
  readonly origin: Origin;
  /** Numbers that have a confidence interval. */
  readonly estimates: readonly Estimate[];
}

/** A number of two runs. */
export interface NumberPair {
  /** Path of the number in both payloads. */
  readonly path: string;
  /** Number in the former run. */
  readonly before: Estimate;
  /** Number in the latter run. */
  readonly after: Estimate;
  /** True if each lies outside the other's interval. */
  readonly moved: boolean;
}

/** An option that two runs do not share. */
export interface OptionChange {
  /** Its name. */
  readonly name: string;
  /** Value in the former run. */
  readonly before: string;
  /** Value in the latter run. */
  readonly after: string;
}

/** Two runs of an experiment, compared. */
export interface RunChange {
  /** The former run. */
  readonly before: RunSummary;
  /** The latter run. */
  readonly after: RunSummary;
  /** The options and the commit, where they are not the same. */
  readonly options: readonly OptionChange[];
  /** The numbers that both have, those that moved first. */
  readonly pairs: readonly NumberPair[];
}

/** Compares the numbers that carry an interval in two runs of an experiment. */
export function compareRuns(before: RunSummary, after: RunSummary): RunChange {
  const former = new Map(before.estimates.map((one) => [one.path, one]));
  const pairs = after.estimates.flatMap((one): NumberPair[] => {
    const other = former.get(one.path);
    if (other === undefined) return [];
    const moved = outside(one.value, other) && outside(other.value, one);
    return [{ path: one.path, before: other, after: one, moved }];
  });
  return {
    before,
    after,
    options: changedOptions(before.origin, after.origin),
    pairs: pairs.sort((a, b) => Number(b.moved) - Number(a.moved)),
  };
}

function outside(value: number, { interval: { low, high } }: Estimate): boolean {
  return value < low || value > high;
}

function changedOptions(before: Origin, after: Origin): OptionChange[] {
  const [former, latter] = [before, after].map(asked);
  return [...new Set([...Object.keys(former), ...Object.keys(latter)])]
    .map((name) => ({ name, before: former[name] ?? "—", after: latter[name] ?? "—" }))
    .filter((option) => option.before !== option.after);
}

/** Returns the options and the commit of a run as texts. */
function asked({ options, commit }: Origin): Record<string, string> {
  const written = (value: ParameterValue) =>
    typeof value === "object" && value !== null ? value.join(", ") : String(value);
  return {
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [name, written(value)])),
    commit: commit?.slice(0, 12) ?? "—",
  };
}

/** Describes the changes since a former run of an experiment called `name` in a sentence. */
export function changeSentence(
  { before, pairs }: RunChange,
  name: string,
  text: Catalogue,
  format: Format,
): string {
  return text.runs.changed(
    name,
    format.moment(before.startedAt),
    format.count(pairs.filter((pair) => pair.moved).length),
    format.count(pairs.length),
  );
}
