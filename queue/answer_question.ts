import { experiments } from "@mixtape/experiments";
import { chooseDataset } from "@mixtape/datasets";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { OnProgress } from "../experiments/run/experiment.ts";
import { readOwnTable } from "../experiments/run/own/read_own_table.ts";
import {
  type Asked,
  LastMade,
  type Part,
  type PartDoer,
  partName,
} from "../experiments/run/parts.ts";
import {
  perform,
  performPart,
  type Question,
  type RunData,
  takeData,
} from "../experiments/run/perform.ts";
import {
  type DataSource,
  type ExperimentAnswer,
  type ExperimentQuestion,
  jobName,
  mostInline,
} from "./experiment_question.ts";
import type { Version } from "./job.ts";
import { type KeptOutcome, keptOutcome, outcomeOf, Outcomes } from "./outcomes.ts";

/** Settings of a worker of experiments. */
export interface AnswerSettings {
  readonly version: Version;
  /** Folder that it shares with runs. */
  readonly sharedDir: string;
  /** Folder of data, if it has one. */
  readonly dataDir?: string;
  /** Folder of downloads. */
  readonly cacheDir: string;
}

/** Answers questions about experiments, and keeps the data of the last one. */
export class Answerer {
  readonly #settings: AnswerSettings;
  readonly #outcomes: Outcomes;
  readonly #kept = new LastMade();

  /** @param settings Version and folders. */
  constructor(settings: AnswerSettings) {
    this.#settings = settings;
    this.#outcomes = new Outcomes(settings.sharedDir);
  }

  /**
   * Answers a question, or finds its answer in the shared folder.
   *
   * @param asked The question.
   * @param signal Signal that ends it.
   * @param onProgress Called with the share that is done.
   * @returns The answer, as it goes through Redis.
   * @throws {TypeError} If the data here are not those of the question.
   */
  async answer(
    asked: ExperimentQuestion,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<ExperimentAnswer> {
    const name = jobName(this.#settings.version, asked);
    const kept = await this.#outcomes.read(asked.experiment, name) ??
      await this.#work(asked, name, signal, onProgress);
    const { bytes, sha256 } = kept;
    return { sha256, inline: bytes.length > mostInline ? null : bytes.toBase64() };
  }

  async #work(
    asked: ExperimentQuestion,
    name: string,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<KeptOutcome> {
    const question = await this.#prepare(asked);
    const doer: PartDoer = {
      part: (part, of) => this.#nested(asked, question, part, of, signal),
      each: async (items, work) => {
        const outcomes = [];
        for (const [i, item] of items.entries()) outcomes.push(await work(item, i));
        return outcomes;
      },
      last: (slot, of, make) => this.#lastOf(asked).get(slot, of, make),
    };
    const update = (fraction: number, note = "") => onProgress(fraction, note);
    const outcome = keptOutcome(
      asked.part === null
        ? await perform(question, signal, update, doer)
        : await performPart(question, asked.part, asked.asked!, signal, update, doer),
    );
    signal.throwIfAborted();
    await this.#outcomes.write(asked.experiment, name, outcome);
    return outcome;
  }

  /** Finds the answer to a part that a part asks for in the shared folder, or works it out. */
  async #nested<Context, Of extends Asked, Answer>(
    asked: ExperimentQuestion,
    question: Question,
    part: Part<Context, Of, Answer>,
    of: Of,
    signal: AbortSignal,
  ): Promise<Answer> {
    const inner = { ...asked, part: partName(question.experiment, part), asked: of };
    const name = jobName(this.#settings.version, inner);
    const kept = await this.#outcomes.read(asked.experiment, name) ??
      await this.#work(inner, name, signal, () => {});
    return outcomeOf(kept) as Answer;
  }

  /** Things that parts of the same experiment on the same data keep from one to the next. */
  #lastOf({ experiment, key }: ExperimentQuestion): LastMade {
    return this.#kept.get("experiment", `${experiment} ${key}`, () => new LastMade());
  }

  async #prepare(
    { experiment: id, parameters, seed, key, source, data: expected }: ExperimentQuestion,
  ): Promise<Question> {
    const found = experiments.find((one) => one.id === id);
    if (found === undefined) throw new TypeError(`Cannot do ${id}: there is no such experiment`);
    const experiment = { ...await found.load(), id };
    const all = await this.#kept.get(
      "data",
      JSON.stringify([source, seed]),
      () => this.#read(source, seed),
    ).catch((error) => {
      // Another try reads again.
      this.#kept.get("data", "", () => Promise.resolve());
      throw error;
    });
    const { data, used } = takeData(experiment, all, parameters);
    if (!isDeepStrictEqual(used, expected)) {
      throw new TypeError(
        `Cannot do ${id}: the data that this worker reads are not those of the run, ` +
          `give it the same files (--data-dir)`,
      );
    }
    return { experiment, parameters, seed, key, data };
  }

  async #read(source: DataSource, seed: number): Promise<RunData> {
    const { dataDir, cacheDir } = this.#settings;
    // Data serve more than one job: the end of one does not end their reading.
    const { signal } = new AbortController();
    if ("named" in source) return await chooseDataset(source.named, { dataDir, cacheDir, signal });
    const { path, foreign, ...settings } = source.own;
    const here = (path: string) => resolve(dataDir ?? ".", path);
    const own = { ...settings, path: here(path), ...foreign && { foreign: here(foreign) } };
    return { table: await readOwnTable(own, { seed, signal, onProgress: () => {} }) };
  }
}
