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

/** The version of the schema that this package reads and that experiments write. */
export const schemaVersion = 2 as const;

/** A value of a parameter. */
export type ParameterValue = string | number | boolean | null | readonly (string | number)[];

/** Why a run used the data it used. */
export type DatasetReason =
  | "asked-for"
  | "found-in-data-dir"
  | "found-in-cache"
  | "found-installed"
  | "downloaded"
  | "mnist-unavailable";

/** Which data were asked for, which were used, and why. */
export interface DatasetChoice {
  /** What `--dataset` said. */
  readonly requested: "auto" | "mnist" | "sample";
  /** What was used. */
  readonly used: "mnist" | "sample";
  /** Why; `mnist-unavailable` is `auto` falling back on the sample. */
  readonly reason: DatasetReason;
}

/** What was asked of an experiment. */
export interface RunOptions {
  /** Size of the run. */
  readonly profile: "quick" | "full";
  /** Seed of all randomness. */
  readonly seed: number;
  /** Which data. */
  readonly dataset: DatasetChoice;
  /** Every parameter of the experiment by name: cluster counts, rates, learning rates. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** One file of a data set. */
export interface DataFile {
  /** Canonical name: `train-images-idx3-ubyte`. */
  readonly name: string;
  /** SHA-256 of the decompressed bytes. */
  readonly sha256: string;
}

/** A data set that an experiment used, and how much of it. */
export interface UsedData {
  /** What it was used as. */
  readonly role: "in-distribution" | "out-of-distribution";
  /** Name in the manifest: `fashion-mnist`. */
  readonly name: string;
  /** Name to show: `Fashion-MNIST`. */
  readonly title: string;
  /** Where the data come from: a home page or a citation, never a path of this machine. */
  readonly source: string;
  /** Licence, as an SPDX identifier where there is one. */
  readonly licence: string;
  /** The files that were read. */
  readonly files: readonly DataFile[];
  /** Rows that the experiment used. */
  readonly rows: { readonly train: number; readonly test: number };
  /** Size of an image in pixels. */
  readonly imageShape: { readonly height: number; readonly width: number };
  /** Name of every class, in the order of the labels. */
  readonly classNames: readonly string[];
  /** The largest value that a pixel can have. */
  readonly maxValue: number;
}

/** By what a result was made. */
export interface Provenance {
  /** Git commit, or null outside a repository. */
  readonly commit: string | null;
  /** Whether the tree had changes that are not in the commit; null where nobody looked, as git was not run. */
  readonly dirty: boolean | null;
  /** Versions of Mixtape's packages and of the libraries below them. */
  readonly packageVersions: Readonly<Record<string, string>>;
  /** Version of Deno. */
  readonly deno: string;
  /** Version of V8. */
  readonly v8: string;
  /** Backend of TensorFlow.js. */
  readonly backend: string;
  /** Adapter of the backend, if it names one. */
  readonly adapter: string | null;
  /** Threads of the backend. */
  readonly threads: number;
  /** Processor, and how many the system has. */
  readonly processor: { readonly model: string; readonly count: number };
  /** Operating system and architecture: `linux x86_64`. */
  readonly os: string;
  /** When the experiment started, in ISO 8601, UTC. */
  readonly startedAt: string;
}

/** A step of an experiment and how long it took. */
export interface Stage {
  /** Short name, in the terms of the experiment. */
  readonly name: string;
  /** Wall time in milliseconds. */
  readonly elapsedMs: number;
}

/** What every result says around its payload. */
export interface Envelope<Id extends string = string, Payload = unknown> {
  /** See {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion;
  /** Which experiment. */
  readonly experiment: Id;
  /** Hash of what was asked and on what: equal keys mean equal results. */
  readonly key: string;
  /** What was asked. */
  readonly options: RunOptions;
  /** On what. */
  readonly data: readonly UsedData[];
  /** By what. */
  readonly provenance: Provenance;
  /** How long each step took. */
  readonly stages: readonly Stage[];
  /** What was found. */
  readonly payload: Payload;
}

/** The result of any experiment; `experiment` tells which. */
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

/** The schema of a result whose payload has the schema `payload`. */
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
