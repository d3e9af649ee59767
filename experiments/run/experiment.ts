import type { Asset, ParameterValue, Sprite } from "@mixtape/results";
import type { ExperimentData } from "./image_dataset.ts";
import type { Tiles } from "./sprite_sheet.ts";

/** The size of a run. */
export type Profile = "quick" | "full";

/** Tells the share that is done, from 0 to 1, and the step that is being done. */
export type OnProgress = (fraction: number, note: string) => void;

/** The context in which an experiment runs. */
export interface RunContext<Parameters> extends ExperimentData {
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

/** The parameters of an experiment; they are part of its result. */
export type Parameters = Readonly<Record<string, ParameterValue>> & {
  /** Rows taken from the start of each training set, null for all. */
  readonly trainRows: number | null;
  /** Rows taken from the start of each test set, null for all. */
  readonly testRows: number | null;
};

/** The declaration of how an experiment runs. */
export interface Run<P extends Parameters, Payload> {
  /** Question that the experiment answers, on one line. */
  readonly answers: string;
  /** Seconds that the full profile takes on two cores, for the progress bar. */
  readonly seconds: number;
  /** The parameters of each profile. */
  readonly profiles: Readonly<Record<Profile, P>>;
  /** Parameters that differ in both profiles for the embedded sample, which is small. */
  readonly sample?: Partial<P>;
  /** Runs the experiment and returns its payload. */
  run(context: RunContext<P>): Promise<Payload>;
}

/** A {@link Run} with any parameters and payload. */
// deno-lint-ignore no-explicit-any -- each experiment has its own parameters
export type Runnable = Run<any, unknown>;

/**
 * Declares how to run an experiment, so that the type of its parameters is inferred from its profiles.
 *
 * @param run The declaration.
 * @returns The same declaration.
 */
export function defineRun<Profiles extends Readonly<Record<Profile, Parameters>>, Payload>(
  run: Run<Profiles[Profile], Payload> & { readonly profiles: Profiles },
): Run<Profiles[Profile], Payload> {
  return run;
}
