import { experiments } from "@mixtape/experiments";
import type { Result } from "@mixtape/results";
import type { SiteExperiment } from "../experiment.ts";
import { stepsIsland } from "../islands/steps/island.ts";
import { SitePlan } from "../site_plan.ts";

/** The site of all experiments; for tests only. */
export const plan: SitePlan = new SitePlan(experiments);

/**
 * All experiments, with a short script in place of each of their own, which take longer to bundle than all pages to
 * render; for tests that do not look at the scripts.
 */
export const withShortScripts: readonly SiteExperiment[] = experiments.map((one) => ({
  ...one,
  islands: one.islands?.map((island) => ({ ...island, entry: stepsIsland.entry })),
}));

/** The names of all experiments. */
export const experimentIds: readonly string[] = experiments.map(({ id }) => id);

const examples = new Map(
  await Promise.all(experiments.map(async ({ id, example }) => [id, await example()] as const)),
);

/** Conforming results of some experiments, made up; for tests only. */
export function exampleResultsOf(ids: readonly string[]): Result[] {
  return ids.flatMap((id) => examples.get(id) ?? []);
}

/** A conforming result of every experiment, by its name; for tests only. */
export const examplesByExperiment: Readonly<Record<string, Result>> = Object.fromEntries(examples);
