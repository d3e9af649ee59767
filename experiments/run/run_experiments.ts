import {
  type DatasetChoice,
  type Provenance,
  type Result,
  schemaVersion,
  type Sprite,
  type Stage,
  type StoredFile,
  type UsedData,
} from "@mixtape/results";
import { throwIfAborted } from "@mixtape/tensor-utils";
import { createHash } from "node:crypto";
import type { Profile, Runnable } from "./experiment.ts";
import { type ExperimentData, type ImageDataset, splitAt } from "./image_dataset.ts";
import type { ResultStore } from "./result_store.ts";
import { drawSpriteSheet, type Tiles } from "./sprite_sheet.ts";
import { describeFile, type FileContent } from "./stored_files.ts";

/** An experiment that was loaded. */
export interface LoadedExperiment extends Runnable {
  /** Its name. */
  readonly id: string;
}

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
  readonly data: ExperimentData;
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
 * @param experiments The experiments.
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

async function runOrReuse(experiment: LoadedExperiment, settings: RunSettings): Promise<Result> {
  const parameters = Object.assign(
    { ...experiment.profiles[settings.profile] },
    settings.dataset.used === "sample" ? experiment.sample : {},
  );
  const data = {
    inDistribution: takeRows(settings.data.inDistribution, parameters),
    outOfDistribution: takeRows(settings.data.outOfDistribution, parameters),
  };
  const used = [
    describe(data.inDistribution, "in-distribution"),
    describe(data.outOfDistribution, "out-of-distribution"),
  ];
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
  const recorder = new Recorder(experiment.id, key, progress);
  const payload = await experiment.run({
    ...data,
    parameters,
    seed,
    signal: settings.signal,
    stage: (name, run) => recorder.stage(name, run),
    update: (fraction, note) => recorder.update(fraction, note),
    image: (name, tiles) => recorder.draw(name, tiles),
    asset: (name, bytes) => recorder.keep(name, bytes),
  });
  const result: Result = {
    schemaVersion,
    experiment: experiment.id,
    key,
    options: { profile, seed, dataset, parameters },
    data: used,
    provenance: { ...provenance, startedAt },
    stages: recorder.stages,
    payload,
  };
  await store.save(result, recorder.files);
  return result;
}

/** Notes the stages and the files of one experiment. */
class Recorder {
  readonly stages: Stage[] = [];
  readonly files: FileContent[] = [];
  readonly #id: string;
  readonly #key: string;
  readonly #progress: RunProgress;
  #fraction = 0;

  constructor(id: string, key: string, progress: RunProgress) {
    this.#id = id;
    this.#key = key;
    this.#progress = progress;
  }

  async stage<T>(name: string, run: () => T | Promise<T>): Promise<T> {
    this.update(this.#fraction, name);
    const start = performance.now();
    const value = await run();
    this.stages.push({ name, elapsedMs: Math.round(performance.now() - start) });
    return value;
  }

  update(fraction: number, note?: string): void {
    this.#fraction = fraction;
    this.#progress.update(fraction, note);
  }

  draw(name: string, tiles: Tiles): Sprite {
    const { png, ...sheet } = drawSpriteSheet(tiles, {
      Title: `${this.#id}: ${name}`,
      Source: this.#key,
    });
    return { ...this.keep(`${name}.png`, png), ...sheet };
  }

  keep(name: string, bytes: Uint8Array): StoredFile {
    const stored = describeFile(`${this.#id}/${name}`, bytes);
    this.files.push({ stored, bytes });
    return stored;
  }
}

function takeRows(dataset: ImageDataset, limits: Runnable["profiles"]["full"]): ImageDataset {
  const [train] = splitAt(dataset.train, limits.trainRows ?? Infinity);
  const [test] = splitAt(dataset.test, limits.testRows ?? Infinity);
  return { ...dataset, train, test };
}

function describe(dataset: ImageDataset, role: UsedData["role"]): UsedData {
  const { name, title, source, licence, files, imageShape, classNames, maxValue } = dataset;
  return {
    role,
    name,
    title,
    source,
    licence,
    files,
    rows: { train: dataset.train.labels.length, test: dataset.test.labels.length },
    imageShape,
    classNames,
    maxValue,
  };
}
