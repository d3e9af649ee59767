import type { Asset, ParameterValue, Sprite } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { ExperimentData } from "./image_dataset.ts";
import type { OwnNeeds } from "./own/needs.ts";
import type { OwnTable } from "./own/own_table.ts";
import type { ColumnValues } from "./own/row_column.ts";
import type { PartDoer, Parts } from "./parts.ts";
import type { Tiles } from "./sprite_sheet.ts";

/** The size of a run. */
export type Profile = "quick" | "full";

/** Tells the share that is done, from 0 to 1, and the step that is being done. */
export type OnProgress = (fraction: number, note: string) => void;

/** The context in which every experiment runs. */
export interface BaseContext<Parameters> extends PartDoer {
  /** The parameters of this profile. */
  readonly parameters: Parameters;
  /** The seed of all randomness. */
  readonly seed: number;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
  /** Times a stage, and shows its name. */
  stage<T>(name: string, run: () => T | Promise<T>): Promise<T>;
  /** Reports the share of the whole experiment that is done, from 0 to 1. */
  update(fraction: number, note?: string): void;
  /** Keeps a sheet of images to be written beside the result. */
  image(name: string, tiles: Tiles): Sprite;
  /** Keeps a file, such as weights, to be written beside the result. */
  asset(name: string, bytes: Uint8Array): Asset;
}

/** The context in which an experiment on the images of the manifest runs. */
export interface RunContext<Parameters> extends BaseContext<Parameters>, ExperimentData {}

/** The context in which an experiment on data of one's own runs. */
export interface OwnContext<Parameters> extends BaseContext<Parameters> {
  /** The data. */
  readonly table: OwnTable;
  /** Gives a column of the table of all rows: one value per row of the data, under a name such as `log_density`. */
  column(name: string, values: ColumnValues): void;
  /** Gives a fitted model for other rows, as JSON with the name and version of its format. */
  model(name: string, json: unknown): void;
}

/** Rows that a run did not see, in the columns of its data. */
export interface NewRows {
  /** The cells as they are in the file, shape [n, d]; NaN stands for a missing one. */
  readonly raw: HostMatrix;
  /** The cells prepared as those of the run were, shape [n, d], finite. */
  readonly prepared: HostMatrix;
}

/** The models of an experiment, ready for new rows. */
export interface AppliedModels {
  /** Names of the columns that they give, as the experiment gave them for its own rows. */
  readonly columns: readonly string[];
  /** Returns the values of each column, one per row. */
  apply(rows: NewRows): Promise<readonly ColumnValues[]>;
  /** Frees what the models hold. */
  dispose(): void;
}

/** The parameters of an experiment on the images of the manifest; they are part of its result. */
export type Parameters = Readonly<Record<string, ParameterValue>> & {
  /** Rows taken from the start of each training set, null for all. */
  readonly trainRows: number | null;
  /** Rows taken from the start of each test set, null for all. */
  readonly testRows: number | null;
};

/** The declaration of how an experiment runs, whatever the data. */
interface Declared<P> {
  /** Question that the experiment answers, on one line. */
  readonly answers: string;
  /** Seconds that the full profile takes on two cores, for the progress bar. */
  readonly seconds: number;
  /** The parameters of each profile. */
  readonly profiles: Readonly<Record<Profile, P>>;
  /** Parts that workers can do, by their names; an experiment without any is done whole. */
  readonly parts?: Parts;
}

/** The declaration of how an experiment runs on the images of the manifest. */
export interface Run<P extends Parameters, Payload> extends Declared<P> {
  /** None: the images of the manifest are all that it takes. */
  readonly needs?: undefined;
  /** Parameters that differ in both profiles for the embedded sample, which is small. */
  readonly sample?: Partial<P>;
  /** Runs the experiment and returns its payload. */
  run(context: RunContext<P>): Promise<Payload>;
}

/** The declaration of how an experiment runs on data of one's own. */
export interface OwnRun<P extends Readonly<Record<string, ParameterValue>>, Payload>
  extends Declared<P> {
  /** The needs of the experiment, besides rows and columns of numbers. */
  readonly needs: OwnNeeds;
  /** None: the embedded sample is no data of one's own. */
  readonly sample?: undefined;
  /**
   * Reads back the models that a run gave, for rows that it did not see; none if it gives no models.
   *
   * @param models The JSON of each model by its name.
   * @param classNames Name of each class of the run.
   */
  restore?(
    models: ReadonlyMap<string, unknown>,
    classNames: readonly string[],
  ): Promise<AppliedModels>;
  /** Runs the experiment and returns its payload. */
  run(context: OwnContext<P>): Promise<Payload>;
}

/** A {@link Run} with any parameters and payload. */
// deno-lint-ignore no-explicit-any -- each experiment has its own parameters
export type Runnable = Run<any, unknown>;

/** An {@link OwnRun} with any parameters and payload. */
// deno-lint-ignore no-explicit-any -- each experiment has its own parameters
export type OwnRunnable = OwnRun<any, unknown>;

/** The declaration of how any experiment runs. */
export type AnyRunnable = Runnable | OwnRunnable;

/**
 * Declares how to run an experiment on the images of the manifest, so that the type of its parameters is inferred from
 * its profiles.
 *
 * @param run The declaration.
 * @returns The same declaration.
 */
export function defineRun<Profiles extends Readonly<Record<Profile, Parameters>>, Payload>(
  run: Run<Profiles[Profile], Payload> & { readonly profiles: Profiles },
): Run<Profiles[Profile], Payload> {
  return run;
}

/**
 * Declares how to run an experiment on data of one's own, so that the type of its parameters is inferred from its
 * profiles.
 *
 * @param run The declaration.
 * @returns The same declaration.
 */
export function defineOwnRun<
  Profiles extends Readonly<Record<Profile, Readonly<Record<string, ParameterValue>>>>,
  Payload,
>(
  run: OwnRun<Profiles[Profile], Payload> & { readonly profiles: Profiles },
): OwnRun<Profiles[Profile], Payload> {
  return run;
}
