import {
  type DatasetChoice,
  type ModelFile,
  type Provenance,
  type Result,
  type RowColumn,
  schemaVersion,
  type Sprite,
  type Stage,
  type StoredFile,
  type UsedData,
  type UsedImages,
} from "@mixtape/results";
import { throwIfAborted } from "@mixtape/tensor-utils";
import { createHash } from "node:crypto";
import type { AnyRunnable, BaseContext, OwnRunnable, Profile, Runnable } from "./experiment.ts";
import { type ExperimentData, type ImageDataset, splitAt } from "./image_dataset.ts";
import { type OwnTable, usedTables } from "./own/own_table.ts";
import { type ColumnValues, encodeColumn } from "./own/row_column.ts";
import type { ResultStore } from "./result_store.ts";
import { drawSpriteSheet, type Tiles } from "./sprite_sheet.ts";
import { describeFile, type FileContent } from "./stored_files.ts";

/** An experiment that was loaded. */
export type LoadedExperiment = AnyRunnable & Named;

/** A thing with a name. */
interface Named {
  /** Its name. */
  readonly id: string;
}

/** The data of a run: the images of the manifest, or data of one's own. */
export type RunData = ExperimentData | { readonly table: OwnTable };

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

async function runOrReuse(experiment: LoadedExperiment, settings: RunSettings): Promise<Result> {
  const parameters = Object.assign(
    { ...experiment.profiles[settings.profile] },
    settings.dataset.used === "sample" ? experiment.sample : {},
  );
  const { used, run } = onData(experiment, settings.data, parameters);
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
  const payload = await run({
    parameters,
    seed,
    signal: settings.signal,
    stage: (name, run) => recorder.stage(name, run),
    update: (fraction, note) => recorder.update(fraction, note),
    image: (name, tiles) => recorder.draw(name, tiles),
    asset: (name, bytes) => recorder.keep(name, bytes),
  }, recorder);
  const result: Result = {
    schemaVersion,
    experiment: experiment.id,
    key,
    options: { profile, seed, dataset, parameters },
    data: used,
    provenance: { ...provenance, startedAt },
    stages: recorder.stages,
    columns: recorder.columns,
    models: recorder.models,
    payload,
  };
  await store.save(result, recorder.files);
  return result;
}

/** An experiment on its data. */
interface OnData {
  /** Descriptions of the data. */
  readonly used: readonly UsedData[];
  /** Runs the experiment on them. */
  run(context: BaseContext<AnyRunnable["profiles"]["full"]>, recorder: Recorder): Promise<unknown>;
}

function onData(
  experiment: LoadedExperiment,
  data: RunData,
  parameters: AnyRunnable["profiles"]["full"],
): OnData {
  if (experiment.needs !== undefined && "table" in data) return onTable(experiment, data.table);
  if (experiment.needs === undefined && !("table" in data)) {
    return onImages(experiment, data, parameters);
  }
  throw new TypeError(`Cannot run ${experiment.id}: the data are of a kind that it is not for`);
}

function onTable(experiment: OwnRunnable, table: OwnTable): OnData {
  const rows = table.raw.shape[0];
  return {
    used: usedTables(table),
    run: (context, recorder) =>
      experiment.run({
        ...context,
        table,
        column: (name, values) => recorder.column(name, values, rows),
        model: (name, json) => recorder.model(name, json),
      }),
  };
}

function onImages(
  experiment: Runnable,
  { inDistribution, outOfDistribution }: ExperimentData,
  parameters: Runnable["profiles"]["full"],
): OnData {
  const data = {
    inDistribution: takeRows(inDistribution, parameters),
    outOfDistribution: takeRows(outOfDistribution, parameters),
  };
  return {
    used: [
      describe(data.inDistribution, "in-distribution"),
      describe(data.outOfDistribution, "out-of-distribution"),
    ],
    run: (context) => experiment.run({ ...context, ...data }),
  };
}

/** Notes the stages and the files of one experiment. */
class Recorder {
  readonly stages: Stage[] = [];
  readonly files: FileContent[] = [];
  readonly columns: RowColumn[] = [];
  readonly models: ModelFile[] = [];
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

  column(name: string, values: ColumnValues, rows: number): void {
    if (values.length !== rows) {
      throw new RangeError(
        `Cannot keep the column ${name}: it has ${values.length} values, ` +
          `${rows} are needed, one per row`,
      );
    }
    const { kind, bytes } = encodeColumn(values);
    const extension = kind === "number" ? "bin" : "json";
    this.columns.push({ name, kind, content: this.keep(`column-${name}.${extension}`, bytes) });
  }

  model(name: string, json: unknown): void {
    const bytes = new TextEncoder().encode(JSON.stringify(json));
    this.models.push({ name, content: this.keep(`model-${name}.json`, bytes) });
  }
}

function takeRows(dataset: ImageDataset, limits: Runnable["profiles"]["full"]): ImageDataset {
  const [train] = splitAt(dataset.train, limits.trainRows ?? Infinity);
  const [test] = splitAt(dataset.test, limits.testRows ?? Infinity);
  return { ...dataset, train, test };
}

function describe(dataset: ImageDataset, role: UsedData["role"]): UsedImages {
  const { name, title, source, licence, files, imageShape, classNames, maxValue } = dataset;
  return {
    kind: "images",
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
