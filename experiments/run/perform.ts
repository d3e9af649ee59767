import type {
  ModelFile,
  RowColumn,
  Sprite,
  Stage,
  StoredFile,
  UsedData,
  UsedImages,
} from "@mixtape/results";
import type { AnyRunnable, BaseContext, OnProgress, Runnable } from "./experiment.ts";
import { type ExperimentData, type ImageDataset, splitAt } from "./image_dataset.ts";
import { type OwnTable, usedTables } from "./own/own_table.ts";
import { type ColumnValues, encodeColumn } from "./own/row_column.ts";
import { type Asked, type PartDoer, partsHere } from "./parts.ts";
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

/** The parameters of any experiment. */
export type AnyParameters = AnyRunnable["profiles"]["full"];

/** An experiment, and all that its result depends on. */
export interface Question {
  readonly experiment: LoadedExperiment;
  readonly parameters: AnyParameters;
  /** The seed of all randomness. */
  readonly seed: number;
  /** The hash of what is asked and on what. */
  readonly key: string;
  /** The data, in the rows that the experiment takes. */
  readonly data: RunData;
}

/** All that an experiment gives: what its result holds besides options, data and provenance, and the files beside it. */
export interface Performed {
  readonly payload: unknown;
  readonly stages: readonly Stage[];
  readonly columns: readonly RowColumn[];
  readonly models: readonly ModelFile[];
  readonly files: readonly FileContent[];
}

/**
 * Takes from data the rows that an experiment uses.
 *
 * @param experiment The experiment.
 * @param data All data.
 * @param parameters Its parameters.
 * @returns Those rows, and the description of them that is part of the result.
 * @throws {TypeError} If the data are of a kind that it is not for.
 */
export function takeData(
  experiment: LoadedExperiment,
  data: RunData,
  parameters: AnyParameters,
): { readonly data: RunData; readonly used: readonly UsedData[] } {
  if (experiment.needs !== undefined && "table" in data) {
    return { data, used: usedTables(data.table) };
  }
  if (experiment.needs === undefined && !("table" in data)) {
    const limits = parameters as Runnable["profiles"]["full"];
    const inDistribution = takeRows(data.inDistribution, limits);
    const outOfDistribution = takeRows(data.outOfDistribution, limits);
    return {
      data: { inDistribution, outOfDistribution },
      used: [
        describe(inDistribution, "in-distribution"),
        describe(outOfDistribution, "out-of-distribution"),
      ],
    };
  }
  throw new TypeError(`Cannot run ${experiment.id}: the data are of a kind that it is not for`);
}

/**
 * Runs an experiment.
 *
 * @param question The experiment, its parameters and its data.
 * @param signal Signal that Ctrl-C aborts.
 * @param update Called with the share of the experiment that is done.
 * @param doer Does the parts of the experiment; this process unless given.
 * @returns All that the experiment gives.
 */
export async function perform(
  question: Question,
  signal: AbortSignal,
  update: (fraction: number, note?: string) => void,
  doer: PartDoer = partsHere(question.experiment, givenTo(question, signal)),
): Promise<Performed> {
  const recorder = new Recorder(question, update);
  const context: BaseContext<AnyParameters> = {
    ...givenTo(question, signal),
    ...doer,
    stage: (name, run) => recorder.stage(name, run),
    update: (fraction, note) => recorder.update(fraction, note),
    image: (name, tiles) => recorder.draw(name, tiles),
    asset: (name, bytes) => recorder.keep(name, bytes),
  };
  // The data are of the kind that the experiment is for: takeData() checked that.
  const runnable = question.experiment as { run(context: object): Promise<unknown> };
  const payload = await runnable.run({
    ...context,
    column: (name: string, values: ColumnValues) => recorder.column(name, values),
    model: (name: string, json: unknown) => recorder.model(name, json),
  });
  const { stages, columns, models, files } = recorder;
  return { payload, stages, columns, models, files };
}

/**
 * Does a part of an experiment in this process.
 *
 * @param question The experiment, its parameters and its data.
 * @param name Name of the part.
 * @param asked The question.
 * @param signal Signal that ends it.
 * @param onProgress Called with the share of it that is done.
 * @param doer Does the parts that it asks for.
 * @returns The answer.
 */
export async function performPart(
  question: Question,
  name: string,
  asked: Asked,
  signal: AbortSignal,
  onProgress: OnProgress,
  doer: PartDoer,
): Promise<unknown> {
  const part = question.experiment.parts?.[name];
  if (part === undefined) {
    throw new TypeError(`Cannot do the part ${name} of ${question.experiment.id}: it has none`);
  }
  return await part(asked, { ...givenTo(question, signal), update: onProgress, ...doer });
}

/** Returns what an experiment and its parts are given alike. */
function givenTo({ parameters, seed, data }: Question, signal: AbortSignal) {
  return { ...data, parameters, seed, signal };
}

/** Notes the stages and the files of one experiment. */
class Recorder {
  readonly stages: Stage[] = [];
  readonly files: FileContent[] = [];
  readonly columns: RowColumn[] = [];
  readonly models: ModelFile[] = [];
  readonly #question: Question;
  readonly #update: (fraction: number, note?: string) => void;
  #fraction = 0;

  constructor(question: Question, update: (fraction: number, note?: string) => void) {
    this.#question = question;
    this.#update = update;
  }

  async stage<T>(name: string, run: () => T | Promise<T>): Promise<T> {
    this.update(this.#fraction, name);
    const start = performance.now();
    // Stages may run at the same time, and are listed in the order in which they began.
    const at = this.stages.push({ name, elapsedMs: 0 }) - 1;
    const value = await run();
    this.stages[at] = { name, elapsedMs: Math.round(performance.now() - start) };
    return value;
  }

  update(fraction: number, note?: string): void {
    this.#fraction = fraction;
    this.#update(fraction, note);
  }

  draw(name: string, tiles: Tiles): Sprite {
    const { png, ...sheet } = drawSpriteSheet(tiles, {
      Title: `${this.#question.experiment.id}: ${name}`,
      Source: this.#question.key,
    });
    return { ...this.keep(`${name}.png`, png), ...sheet };
  }

  keep(name: string, bytes: Uint8Array): StoredFile {
    const stored = describeFile(`${this.#question.experiment.id}/${name}`, bytes);
    this.files.push({ stored, bytes });
    return stored;
  }

  column(name: string, values: ColumnValues): void {
    const { data } = this.#question;
    const rows = "table" in data ? data.table.raw.shape[0] : 0;
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
