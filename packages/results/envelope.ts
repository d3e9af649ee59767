import { z } from "zod";
import {
  count,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  record,
  type Shape,
  text,
} from "./checks.ts";

/** The version of the schema that this package reads and experiments write. */
export const schemaVersion = 2 as const;

/** The value of a parameter. */
export type ParameterValue = string | number | boolean | null | readonly (string | number)[];

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
  /** Value of `--dataset`. */
  readonly requested: "auto" | "mnist" | "sample";
  /** The data set that was used. */
  readonly used: "mnist" | "sample";
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

/** A file of a data set. */
export interface DataFile {
  /** Canonical name, such as `train-images-idx3-ubyte`. */
  readonly name: string;
  /** SHA-256 of the decompressed bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** A data set, and the number of its rows, that an experiment used. */
export interface UsedData {
  /** Role of the data set in the experiment. */
  readonly role: "in-distribution" | "out-of-distribution";
  /** Name in the manifest, such as `fashion-mnist`. */
  readonly name: string;
  /** Name to show, such as `Fashion-MNIST`. */
  readonly title: string;
  /** Source of the data: a home page or a citation, never a local path. */
  readonly source: string;
  /** Licence, as an SPDX identifier where there is one. */
  readonly licence: string;
  /** The files that were read. */
  readonly files: readonly DataFile[];
  /** Numbers of training and test rows that the experiment used. */
  readonly rows: { readonly train: number; readonly test: number };
  /** Size of an image in pixels. */
  readonly imageShape: { readonly height: number; readonly width: number };
  /** Names of the classes, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Largest possible value of a pixel. */
  readonly maxValue: number;
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

/** The fields that all results have in common, around a payload that depends on the experiment. */
export interface Envelope<Id extends string = string, Payload = unknown> {
  /** Version of the schema. */
  readonly schemaVersion: typeof schemaVersion;
  /** Name of the experiment. */
  readonly experiment: Id;
  /** Hash of the experiment, its options, its data and the backend: equal keys mean equal payloads. */
  readonly key: string;
  /** The options of the run. */
  readonly options: RunOptions;
  /** The data that were used, at least one set. */
  readonly data: readonly UsedData[];
  /** The software and hardware of the run. */
  readonly provenance: Provenance;
  /** The stages of the run, in order. */
  readonly stages: readonly Stage[];
  /** The findings, of a type that depends on the experiment. */
  readonly payload: Payload;
}

/** The result of any experiment; its field `experiment` names it. */
export type Result = Envelope;

const hash = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");

const datasetChoice = record<DatasetChoice>({
  requested: oneOf(["auto", "mnist", "sample"]),
  used: oneOf(["mnist", "sample"]),
  reason: oneOf([
    "asked-for",
    "found-in-data-dir",
    "found-in-cache",
    "found-installed",
    "downloaded",
    "mnist-unavailable",
  ]),
});

const parameterValue: z.ZodType<ParameterValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
]);

const runOptions = record<RunOptions>({
  profile: oneOf(["quick", "full"]),
  seed: count,
  dataset: datasetChoice,
  parameters: z.record(z.string(), parameterValue),
}, "RunOptions");

const usedData = record<UsedData>({
  role: oneOf(["in-distribution", "out-of-distribution"]),
  name: text,
  title: text,
  source: text,
  licence: text,
  files: list(record<DataFile>({ name: text, sha256: hash })),
  rows: record<UsedData["rows"]>({ train: count, test: count }),
  imageShape: record<UsedData["imageShape"]>({ height: positive, width: positive }),
  classNames: list(text, 1),
  maxValue: number,
}, "UsedData");

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
): z.ZodType<Envelope<Id, Payload>> {
  return record<Envelope<Id, Payload>>({
    schemaVersion: z.literal(schemaVersion),
    experiment: z.literal(id),
    key: z.string().regex(/^[0-9a-f]{16,64}$/, "expected 16 to 64 hexadecimal digits"),
    options: runOptions,
    data: list(usedData, 1),
    provenance,
    stages: list(record<Stage>({ name: text, elapsedMs: magnitude })),
    payload,
  } as Shape<Envelope<Id, Payload>>);
}
