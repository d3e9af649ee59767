import { z } from "zod";
import { count, list, magnitude, oneOf, positive, record, type Shape, text } from "./checks.ts";
import { type ModelFile, modelFile, type RowColumn, rowColumn } from "./row_files.ts";
import { type ParameterValue, parameterValue } from "./parameter.ts";
import { type UsedData, usedData, type UsedImages } from "./used_data.ts";

/** The version of the schema that this package reads and experiments write. */
export const schemaVersion = 3 as const;

/** The reason for the choice of a data set; see {@link DatasetChoice}. */
export type DatasetReason =
  | "asked-for"
  | "found-in-data-dir"
  | "found-in-cache"
  | "found-installed"
  | "downloaded"
  | "mnist-unavailable";

/** The data set that was requested, the one that was used, and the reason. */
export interface DatasetChoice {
  /** Value of `--dataset`; `own` for a file or folder, whose path is nobody's business. */
  readonly requested: "auto" | "mnist" | "sample" | "own";
  /** The data set that was used. */
  readonly used: "mnist" | "sample" | "own";
  /** The reason; `mnist-unavailable` means that `auto` fell back on the sample. */
  readonly reason: DatasetReason;
}

/** The options of a run. */
export interface RunOptions {
  /** Size of the run. */
  readonly profile: "quick" | "full";
  /** Seed of all randomness. */
  readonly seed: number;
  /** The choice of the data set. */
  readonly dataset: DatasetChoice;
  /** Parameters of the experiment by name: numbers of clusters, missing rates, learning rates … */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** The software and hardware that produced a result. */
export interface Provenance {
  /** Git commit, 40 hexadecimal digits; null outside a repository. */
  readonly commit: string | null;
  /** True if the working tree had uncommitted changes; null if git was not run to find out. */
  readonly dirty: boolean | null;
  /** Versions of Mixtape's packages and of their dependencies, by name. */
  readonly packageVersions: Readonly<Record<string, string>>;
  /** Version of Deno. */
  readonly deno: string;
  /** Version of V8. */
  readonly v8: string;
  /** Name of the TensorFlow.js backend. */
  readonly backend: string;
  /** Graphics adapter of the backend; null if it names none. */
  readonly adapter: string | null;
  /** Number of threads of the backend. */
  readonly threads: number;
  /** Model of the processor, and the number of logical processors. */
  readonly processor: { readonly model: string; readonly count: number };
  /** Operating system and architecture, such as `linux x86_64`. */
  readonly os: string;
  /** Start of the experiment, in ISO 8601, UTC. */
  readonly startedAt: string;
}

/** A stage of an experiment and its duration. */
export interface Stage {
  /** Short name, in the terms of the experiment. */
  readonly name: string;
  /** Wall time in milliseconds. */
  readonly elapsedMs: number;
}

/**
 * The fields that all results have in common, around a payload that depends on the experiment, made from images of the
 * manifest or, with `Data` a `UsedTable`, from data of one's own.
 */
export interface Envelope<
  Id extends string = string,
  Payload = unknown,
  Data extends UsedData = UsedImages,
> {
  /** Version of the schema. */
  readonly schemaVersion: typeof schemaVersion;
  /** Name of the experiment. */
  readonly experiment: Id;
  /** Hash of the experiment, its options, its data and the backend: equal keys mean equal payloads. */
  readonly key: string;
  /** The options of the run. */
  readonly options: RunOptions;
  /** The data that were used, at least one set. */
  readonly data: readonly Data[];
  /** The software and hardware of the run. */
  readonly provenance: Provenance;
  /** The stages of the run, in order. */
  readonly stages: readonly Stage[];
  /** The columns that the experiment gives, with one value per row of the data; none for images of the manifest. */
  readonly columns: readonly RowColumn[];
  /** The fitted models that the experiment gives, for other rows. */
  readonly models: readonly ModelFile[];
  /** The findings, of a type that depends on the experiment. */
  readonly payload: Payload;
}

/** The result of any experiment; its field `experiment` names it. */
export type Result = Envelope<string, unknown, UsedData>;

const datasetChoice = record<DatasetChoice>({
  requested: oneOf(["auto", "mnist", "sample", "own"]),
  used: oneOf(["mnist", "sample", "own"]),
  reason: oneOf([
    "asked-for",
    "found-in-data-dir",
    "found-in-cache",
    "found-installed",
    "downloaded",
    "mnist-unavailable",
  ]),
});

const runOptions = record<RunOptions>({
  profile: oneOf(["quick", "full"]),
  seed: count,
  dataset: datasetChoice,
  parameters: z.record(z.string(), parameterValue),
}, "RunOptions");

const provenance = record<Provenance>({
  commit: z.string().regex(/^[0-9a-f]{40}$/, "expected a git commit").nullable(),
  dirty: z.boolean().nullable(),
  packageVersions: z.record(z.string(), text),
  deno: text,
  v8: text,
  backend: text,
  adapter: text.nullable(),
  threads: positive,
  processor: record<Provenance["processor"]>({ model: text, count: positive }),
  os: text,
  startedAt: z.iso.datetime(),
}, "Provenance");

/** Makes the schema of a result whose payload has the schema `payload`. */
export function envelope<const Id extends string, Payload>(
  id: Id,
  payload: z.ZodType<Payload>,
): z.ZodType<Envelope<Id, Payload, UsedData>> {
  return record<Envelope<Id, Payload, UsedData>>({
    schemaVersion: z.literal(schemaVersion),
    experiment: z.literal(id),
    key: z.string().regex(/^[0-9a-f]{16,64}$/, "expected 16 to 64 hexadecimal digits"),
    options: runOptions,
    data: list(usedData, 1),
    provenance,
    stages: list(record<Stage>({ name: text, elapsedMs: magnitude })),
    columns: list(rowColumn),
    models: list(modelFile),
    payload,
  } as Shape<Envelope<Id, Payload, UsedData>>);
}
