import { type DatasetChoice, type Provenance, type Result, schemaVersion } from "@mixtape/results";
import { throwIfAborted } from "@mixtape/tensor-utils";
import { createHash } from "node:crypto";
import type { Profile } from "./experiment.ts";
import {
  type LoadedExperiment,
  perform,
  type Performed,
  type Question,
  type RunData,
  takeData,
} from "./perform.ts";
import type { ResultStore } from "./result_store.ts";

/** The progress display of a run. */
export interface RunProgress {
  /** Called when an experiment starts. */
  stage(experiment: string): void;
  /** Called with the share of the experiment that is done, from 0 to 1, and a note on what it is doing. */
  update(fraction: number, note?: string): void;
  /** Called with a line to print. */
  log(line: string): void;
}

/** The settings of a run. */
export interface RunSettings {
  /** Size of the run. */
  readonly profile: Profile;
  /** The seed of all randomness. */
  readonly seed: number;
  /** Choice of the data set. */
  readonly dataset: DatasetChoice;
  /** The data. */
  readonly data: RunData;
  /** Software and hardware of the run. */
  readonly provenance: Omit<Provenance, "startedAt">;
  /** Store for the results. */
  readonly store: ResultStore;
  /** True to run experiments again whose results are stored already. */
  readonly force: boolean;
  /** Display to report progress to. */
  readonly progress: RunProgress;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
}

/**
 * Runs experiments one after the other and stores each result as soon as it is complete; an experiment
 * whose result is stored already, with the same options on the same data, is not run again.
 *
 * @param experiments The experiments, which fit the data.
 * @param settings The settings.
 * @returns The results, in the same order.
 */
export async function runExperiments(
  experiments: readonly LoadedExperiment[],
  settings: RunSettings,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const experiment of experiments) {
    throwIfAborted(settings.signal);
    settings.progress.stage(experiment.id);
    results.push(await runOrReuse(experiment, settings));
  }
  return results;
}

/** Runs an experiment: in this process, or by asking workers. */
export type Performer = (
  question: Question,
  update: (fraction: number, note?: string) => void,
) => Promise<Performed>;

/**
 * Runs one experiment and stores its result, unless it is stored already.
 *
 * @param experiment The experiment.
 * @param settings The settings of the run.
 * @param performed Runs it; this process unless given.
 * @returns The result.
 */
export async function runOrReuse(
  experiment: LoadedExperiment,
  settings: RunSettings,
  performed: Performer = (question, update) => perform(question, settings.signal, update),
): Promise<Result> {
  const parameters = Object.assign(
    { ...experiment.profiles[settings.profile] },
    settings.dataset.used === "sample" ? experiment.sample : {},
  );
  const { used, data } = takeData(experiment, settings.data, parameters);
  const { profile, seed, dataset, provenance, store, progress } = settings;
  const asked = { schemaVersion, experiment: experiment.id, profile, seed, parameters };
  const on = { dataset: dataset.used, data: used, backend: provenance.backend };
  const key = createHash("sha256").update(JSON.stringify([asked, on])).digest("hex");

  const onDamage = (damage: string) => progress.log(`${experiment.id} runs again: ${damage}`);
  const stored = settings.force ? undefined : await store.find(experiment.id, key, onDamage);
  if (stored) {
    progress.log(`${experiment.id} is up to date (--force runs it again)`);
    return stored;
  }

  const startedAt = new Date().toISOString();
  const { payload, stages, columns, models, files } = await performed(
    { experiment, parameters, seed, key, data },
    (fraction, note) => progress.update(fraction, note),
  );
  const result: Result = {
    schemaVersion,
    experiment: experiment.id,
    key,
    options: { profile, seed, dataset, parameters },
    data: used,
    provenance: { ...provenance, startedAt },
    stages,
    columns,
    models,
    payload,
  };
  await store.save(result, files);
  return result;
}
