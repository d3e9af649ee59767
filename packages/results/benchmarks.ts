import { z } from "zod";
import { checkText, type FileOrigin } from "./parse.ts";

/** The spread of repeated measurements of the same thing. */
export interface BenchmarkSpread {
  /** Number of measurements. */
  readonly runs: number;
  /** Smallest measurement. */
  readonly min: number;
  /** Median. */
  readonly median: number;
  /** Largest measurement. */
  readonly max: number;
}

/** The times of one participant of a row: Mixtape, or a library it is compared with. */
export interface BenchmarkEntry {
  /** Identifier, unique in the row; `ours` is Mixtape. */
  readonly id: string;
  /** Name of the library, to show. */
  readonly peer: string;
  /** Name of the library and of its fastest variant, to show. */
  readonly title: string;
  /** Versions and settings that the library reported, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Number of threads that was the fastest; null where there was no choice. */
  readonly threads: number | null;
  /** Times of the runs, in seconds. */
  readonly seconds: BenchmarkSpread;
  /** A remark that the reader needs to judge the times; null if there is none. */
  readonly remark: string | null;
}

/** A comparison of Mixtape with another participant, or with a limit. */
export interface BenchmarkComparison {
  /** Identifier of the entry compared with; null for a limit on Mixtape's own time. */
  readonly against: string | null;
  /** The quantity compared: wall time, or the peak of resident memory. */
  readonly measure: "seconds" | "peakBytes";
  /** Their median divided by ours; for a limit, the limit divided by our median. */
  readonly ratio: number;
  /** The ratio to reach; null if none was set. */
  readonly bar: number | null;
  /** True if `ratio` reaches `bar`; null if there is no bar, or in a quick run. */
  readonly reached: boolean | null;
}

/** A comparison of the quality of the result (inertia, loss …) that Mixtape and another participant computed. */
export interface BenchmarkQuality {
  /** Identifier of the entry compared with. */
  readonly against: string;
  /** Name of the quantity compared. */
  readonly name: string;
  /** Mixtape's value. */
  readonly ours: number;
  /** The other participant's value. */
  readonly theirs: number;
  /** True if the two are equal within the tolerance; null if the row sets none. */
  readonly equal: boolean | null;
}

/** One piece of work, measured for every participant. */
export interface BenchmarkRow {
  /** Name on the command line. */
  readonly id: string;
  /** Name to show. */
  readonly title: string;
  /** Size of the problem, to show: `60000 × 784, K = 10`. */
  readonly size: string;
  /** The size that this row varies, and its value; null for rows that are no part of a scaling table. */
  readonly scaling: { readonly axis: string; readonly value: number } | null;
  /** True if the problem was made smaller, so that no bar applies. */
  readonly quick: boolean;
  /** Time of the measurement, in ISO 8601. */
  readonly measuredAt: string;
  /** Git commit that was measured; null outside a repository. */
  readonly commit: string | null;
  /** The participants and their times. */
  readonly entries: readonly BenchmarkEntry[];
  /** Mixtape's times and memory compared with theirs. */
  readonly comparisons: readonly BenchmarkComparison[];
  /** Mixtape's quality compared with theirs. */
  readonly qualities: readonly BenchmarkQuality[];
}

/** The part of the output of `deno task bench --json` that pages show. */
export interface Benchmarks {
  /** Version of the format. */
  readonly schemaVersion: 1;
  /** The machine: name and number of processors, bytes of memory, operating system, Deno and V8. */
  readonly machine: {
    readonly processor: string;
    readonly processors: number;
    readonly memory: number;
    readonly os: string;
    readonly runtime: string;
  };
  /** The rows that were measured. */
  readonly rows: readonly BenchmarkRow[];
}

// Unlike results, these are open to other fields: the file holds every run, which pages leave out.
const entry = z.object({
  id: z.string(),
  peer: z.string(),
  title: z.string(),
  versions: z.record(z.string(), z.string()),
  threads: z.int().min(1).nullable(),
  seconds: z.object({
    runs: z.int().min(1),
    min: z.number().min(0),
    median: z.number().min(0),
    max: z.number().min(0),
  }),
  remark: z.string().nullable(),
});

const row = z.object({
  id: z.string(),
  title: z.string(),
  size: z.string(),
  scaling: z.object({ axis: z.string(), value: z.number() }).nullable(),
  quick: z.boolean(),
  measuredAt: z.iso.datetime(),
  commit: z.string().nullable(),
  entries: z.array(entry),
  comparisons: z.array(z.object({
    against: z.string().nullable(),
    measure: z.enum(["seconds", "peakBytes"]),
    ratio: z.number(),
    bar: z.number().nullable(),
    reached: z.boolean().nullable(),
  })),
  qualities: z.array(z.object({
    against: z.string(),
    name: z.string(),
    ours: z.number(),
    theirs: z.number(),
    equal: z.boolean().nullable(),
  })),
});

const benchmarks: z.ZodType<Benchmarks> = z.object({
  schemaVersion: z.literal(1),
  machine: z.object({
    processor: z.string(),
    processors: z.int().min(1),
    memory: z.number().min(0),
    os: z.string(),
    runtime: z.string(),
  }),
  rows: z.array(row),
});

/**
 * Parses the output of `deno task bench --json`.
 *
 * @param json Text of the file.
 * @param origin The file, to be named in errors.
 * @returns The benchmarks, checked; fields that pages do not show are left out.
 * @throws {ResultMismatchError} If the text is JSON that does not conform.
 * @throws {SyntaxError} If the text is not JSON.
 */
export function parseBenchmarks(json: string, { file }: FileOrigin): Benchmarks {
  return checkText(json, benchmarks, file);
}
