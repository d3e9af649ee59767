import { experiments } from "@mixtape/experiments";
import type { Result } from "@mixtape/results";
import { SitePlan } from "../site_plan.ts";

/** The site of all experiments; for tests only. */
export const plan: SitePlan = new SitePlan(experiments);

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
