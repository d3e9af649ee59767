import { experiments } from "@mixtape/experiments";
import { chooseDataset } from "@mixtape/datasets";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { OnProgress } from "../experiments/run/experiment.ts";
import { readOwnTable } from "../experiments/run/own/read_own_table.ts";
import {
  type Asked,
  LastMade,
  oneByOne,
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

/** Never aborted: who wants a job to end ends the thread that does it. */
const { signal } = new AbortController();

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
   * @param onProgress Called with the share that is done.
   * @returns The answer, as it goes through Redis.
   * @throws {TypeError} If the data here are not those of the question.
   */
  async answer(asked: ExperimentQuestion, onProgress: OnProgress): Promise<ExperimentAnswer> {
    const { bytes, sha256 } = await this.#outcome(asked, onProgress);
    return { sha256, inline: bytes.length > mostInline ? null : bytes.toBase64() };
  }

  /** Finds an outcome in the shared folder, or works it out and keeps it there. */
  async #outcome(asked: ExperimentQuestion, onProgress: OnProgress): Promise<KeptOutcome> {
    const { experiment, part } = asked;
    const name = jobName(this.#settings.version, asked);
    const kept = await this.#outcomes.read(experiment, name);
    if (kept !== undefined) return kept;
    const question = await this.#prepare(asked);
    const doer: PartDoer = {
      part: async <Context, Of extends Asked, Answer>(inner: Part<Context, Of, Answer>, of: Of) => {
        const nested = { ...asked, part: partName(question.experiment, inner), asked: of };
        return outcomeOf(await this.#outcome(nested, () => {})) as Answer;
      },
      each: oneByOne,
      last: (slot, of, make) => this.#lastOf(asked).get(slot, of, make),
    };
    const update = (fraction: number, note = "") => onProgress(fraction, note);
    const outcome = keptOutcome(
      part === null
        ? await perform(question, signal, update, doer)
        : await performPart(question, part, asked.asked!, signal, update, doer),
    );
    await this.#outcomes.write(experiment, name, outcome);
    return outcome;
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
    );
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
    if ("named" in source) return await chooseDataset(source.named, { dataDir, cacheDir, signal });
    const { path, foreign, ...settings } = source.own;
    const here = (path: string) => resolve(dataDir ?? ".", path);
    const own = { ...settings, path: here(path), ...foreign && { foreign: here(foreign) } };
    return { table: await readOwnTable(own, { seed, signal, onProgress: () => {} }) };
  }
}
