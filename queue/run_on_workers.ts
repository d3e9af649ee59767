import type { Result, WorkerJob } from "@mixtape/results";
import { randomUUID } from "node:crypto";
import type { OnProgress } from "../experiments/run/experiment.ts";
import { LastMade, onceEach, type PartDoer } from "../experiments/run/parts.ts";
import {
  type LoadedExperiment,
  perform,
  type Performed,
  type Question,
  takeData,
} from "../experiments/run/perform.ts";
import { runOrReuse, type RunSettings } from "../experiments/run/run_experiments.ts";
import { Shares } from "../experiments/run/shares.ts";
import { Jobs } from "./ask_jobs.ts";
import { codeVersion } from "./code_version.ts";
import {
  type DataSource,
  type ExperimentAnswer,
  type ExperimentQuestion,
  jobName,
  jobTitle,
  partTitle,
} from "./experiment_question.ts";
import { JobFailedError, type Json, type Version } from "./job.ts";
import { outcomeOf, Outcomes } from "./outcomes.ts";
import type { RedisAddress } from "./redis.ts";
import { markRun } from "./shared_folder.ts";

/** The workers of a run. */
export interface WorkersSettings {
  readonly address: RedisAddress;
  /** Folder that the run shares with its workers. */
  readonly sharedDir: string;
  /** The data, for the workers to read. */
  readonly source: DataSource;
}

/** Results of a run on workers, and what went wrong. */
export interface RunOnWorkers {
  /** The results of those that succeeded, in the order of the experiments. */
  readonly results: readonly Result[];
  /** An error per experiment that failed. */
  readonly failures: readonly { readonly experiment: string; readonly error: Error }[];
}

/**
 * Runs experiments on workers, all at the same time, and stores each result as soon as it is complete. An experiment
 * that declares parts has those done by workers, others are done as a whole. Where one fails, the others go on.
 *
 * @param experiments The experiments, which fit the data.
 * @param settings The settings of the run.
 * @param workers The workers.
 * @returns The results, and what failed.
 */
export async function runOnWorkers(
  experiments: readonly LoadedExperiment[],
  settings: RunSettings,
  workers: WorkersSettings,
): Promise<RunOnWorkers> {
  const { signal, progress, provenance, force } = settings;
  const version: Version = { code: await codeVersion(), backend: provenance.backend };
  const { address, sharedDir } = workers;
  const onNote = (line: string) => progress.log(line);
  await using _ = await markRun({ address, sharedDir, onNote }, version);
  await using jobs = await Jobs.open({ address, version, signal, onNote });
  const asker = new Asker(jobs, version, workers, settings, force ? randomUUID() : null);
  const seconds = experiments.reduce((sum, one) => sum + one.seconds, 0);
  const done = new Shares(
    experiments.map((one) => one.seconds / seconds),
    (fraction, note) => progress.update(fraction, note),
  );
  const ended = await Promise.allSettled(experiments.map(async (experiment, i) => {
    const update = (fraction: number, note?: string) =>
      done.update(i, fraction, note && `${experiment.id}, ${note}`);
    const result = await runOrReuse(
      experiment,
      { ...settings, progress: { stage() {}, update, log: (line) => progress.log(line) } },
      (question, update) => asker.perform(question, update),
    );
    done.update(i, 1);
    await asker.outcomes.clear(experiment.id);
    return result;
  }));
  signal.throwIfAborted();
  await settings.store.saveWorkerJobs(
    asker.log.toSorted((a, b) => a.startedAt < b.startedAt ? -1 : 1),
  );
  return {
    results: ended.flatMap((one) => one.status === "fulfilled" ? [one.value] : []),
    failures: ended.flatMap((one, i) => {
      if (one.status === "fulfilled") return [];
      // Anything else is not a matter of a job.
      if (!(one.reason instanceof JobFailedError)) throw one.reason;
      return [{ experiment: experiments[i].id, error: one.reason }];
    }),
  };
}

/** Asks workers about experiments. */
class Asker {
  readonly log: WorkerJob[] = [];
  readonly outcomes: Outcomes;
  readonly #jobs: Jobs;
  readonly #version: Version;
  readonly #workers: WorkersSettings;
  readonly #settings: RunSettings;
  readonly #only: string | null;

  constructor(
    jobs: Jobs,
    version: Version,
    workers: WorkersSettings,
    settings: RunSettings,
    only: string | null,
  ) {
    this.outcomes = new Outcomes(workers.sharedDir);
    this.#jobs = jobs;
    this.#version = version;
    this.#workers = workers;
    this.#settings = settings;
    this.#only = only;
  }

  /** Runs an experiment: as a whole on a worker, or here with its parts on workers. */
  async perform(
    question: Question,
    update: (fraction: number, note?: string) => void,
  ): Promise<Performed> {
    const { experiment, parameters, seed, key } = question;
    const { used } = takeData(experiment, this.#settings.data, parameters);
    const whole: ExperimentQuestion = {
      experiment: experiment.id,
      part: null,
      asked: null,
      parameters,
      seed,
      key,
      source: this.#workers.source,
      data: used,
      only: this.#only,
    };
    if (experiment.parts === undefined) return await this.#ask(whole, update) as Performed;
    const made = new LastMade();
    const doer: PartDoer = {
      part: onceEach(
        experiment,
        (part, _, asked, onProgress) => this.#ask({ ...whole, part, asked }, onProgress),
      ),
      each: (items, work) => Promise.all(items.map(work)),
      last: (name, of, make) => made.get(name, of, make),
    };
    return await perform(question, this.#settings.signal, update, doer);
  }

  /** Asks for an experiment or a part of it, unless its outcome is known from a run that was ended. */
  async #ask(question: ExperimentQuestion, onProgress: OnProgress): Promise<unknown> {
    const { experiment: id, key } = question;
    const name = jobName(this.#version, question);
    const kept = await this.outcomes.read(id, name);
    if (kept !== undefined) return outcomeOf(kept);
    const title = jobTitle(question);
    const { answer, ...done } = await this.#jobs.do(
      { name, title, question: question as unknown as Json },
      onProgress,
    );
    this.log.push({ experiment: id, key, part: partTitle(question), ...done });
    const { sha256, inline } = answer as ExperimentAnswer;
    if (inline !== null) {
      const outcome = { bytes: Uint8Array.fromBase64(inline), sha256 };
      await this.outcomes.write(id, name, outcome);
      return outcomeOf(outcome);
    }
    const found = await this.outcomes.read(id, name);
    if (found?.sha256 === sha256) return outcomeOf(found);
    throw new JobFailedError(
      `Cannot use the outcome of ${title}: the worker ${done.worker} put it into a folder that is not ` +
        `${this.#workers.sharedDir}, start it with --shared and the same folder`,
    );
  }
}
