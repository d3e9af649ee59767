import type { Asset, ExperimentId, ParameterValue, Payloads, Sprite } from "@mixtape/results";
import type { ExperimentData } from "./image_dataset.ts";
import type { Tiles } from "./sprite_sheet.ts";

/** How much of everything an experiment does. */
export type Profile = "quick" | "full";

/** What an experiment is given to run with. */
export interface RunContext<Parameters> extends ExperimentData {
  /** The parameters of this profile. */
  readonly parameters: Parameters;
  /** The seed of all randomness. */
  readonly seed: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Times a stage, and shows its name. */
  stage<T>(name: string, run: () => T | Promise<T>): Promise<T>;
  /** Says how much of the whole experiment is done, from 0 to 1. */
  update(fraction: number, note?: string): void;
  /** Keeps a sheet of images to be written beside the result. */
  image(name: string, tiles: Tiles): Sprite;
  /** Keeps a file, such as weights, to be written beside the result. */
  asset(name: string, bytes: Uint8Array): Asset;
}

/** The parameters of an experiment; they are part of its result. */
export type Parameters = Readonly<Record<string, ParameterValue>> & {
  /** Rows taken from the start of each training set, null for all. */
  readonly trainRows: number | null;
  /** Rows taken from the start of each test set, null for all. */
  readonly testRows: number | null;
};

/** One experiment: the question, its parameters, and how to run it. */
export interface Experiment<
  Id extends ExperimentId = ExperimentId,
  P extends Parameters = Parameters,
> {
  /** Its name on the command line and of its result. */
  readonly id: Id;
  /** What it answers, in a line. */
  readonly answers: string;
  /** Seconds that the full profile takes on two cores, for the progress bar. */
  readonly seconds: number;
  /** The parameters of each profile. */
  readonly profiles: Readonly<Record<Profile, P>>;
  /** Parameters that the embedded sample, which is small, needs otherwise in both profiles. */
  readonly sample?: Partial<P>;
  /** What was found, in a line for the terminal. */
  headline(payload: Payloads[Id]): string;
  /** Runs it. */
  run(context: RunContext<P>): Promise<Payloads[Id]>;
}

/**
 * Declares an experiment, so that the type of its parameters is inferred from its profiles.
 *
 * @param experiment The experiment.
 * @returns The same.
 */
export function defineExperiment<
  Id extends ExperimentId,
  Profiles extends Readonly<Record<Profile, Parameters>>,
>(
  experiment: Experiment<Id, Profiles[Profile]> & { readonly profiles: Profiles },
): Experiment<Id, Profiles[Profile]> {
  return experiment;
}
