import { estimatesOf, type Result } from "@mixtape/results";
import { originOf } from "../components/origin.ts";
import { compareRuns, type RunChange, type RunSummary } from "./runs.ts";

/** Extracts the part of a run that comparisons need. */
export function summaryOf(run: Result): RunSummary {
  return {
    experiment: run.experiment,
    startedAt: run.provenance.startedAt,
    origin: originOf(run, null),
    estimates: estimatesOf(run),
  };
}

/** The runs of each experiment that was run more than once, the former ones first. */
export function repeatedRuns(runs: readonly Result[]): Result[][] {
  return Object.values(Object.groupBy(runs, (run) => run.experiment))
    .flatMap((own = []) => own.length > 1 ? [own] : []);
}

/** The last two runs of each experiment that was run more than once and has numbers that can have moved. */
export function latestChanges(runs: readonly Result[]): RunChange[] {
  return repeatedRuns(runs)
    .map((own) => own.slice(-2).map(summaryOf))
    .map(([before, after]) => compareRuns(before, after))
    .filter((change) => change.pairs.length > 0);
}
