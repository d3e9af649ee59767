import { z } from "zod";
import { type FileOrigin, mismatchOf } from "./parse.ts";

/** How a handful of measurements of the same thing are spread. */
export interface BenchmarkSpread {
  /** How many there were. */
  readonly runs: number;
  /** The smallest. */
  readonly min: number;
  /** Half is below. */
  readonly median: number;
  /** The largest. */
  readonly max: number;
}

/** How somebody did. */
export interface BenchmarkEntry {
  /** Its name in the row; `ours` is Mixtape. */
  readonly id: string;
  /** Who it is. */
  readonly peer: string;
  /** The peer and the variant that was the fastest. */
  readonly title: string;
  /** What the peer says of itself. */
  readonly versions: Readonly<Record<string, string>>;
  /** Threads that were the fastest, where there was a choice. */
  readonly threads: number | null;
  /** The times, in seconds. */
  readonly seconds: BenchmarkSpread;
  /** What a reader has to know of it. */
  readonly remark: string | null;
}

/** How Mixtape did against somebody. */
export interface BenchmarkComparison {
  /** The entry compared with; null for a limit on our own time. */
  readonly against: string | null;
  /** What is compared. */
  readonly measure: "seconds" | "peakBytes";
  /** Theirs divided by ours, of medians; for a limit, the limit divided by ours. */
  readonly ratio: number;
  /** What the ratio must be, if anything. */
  readonly bar: number | null;
  /** Whether it is; null where there is no bar, or the problem was made smaller. */
  readonly reached: boolean | null;
}

/** Whether somebody's work was as good as ours. */
export interface BenchmarkQuality {
  /** The entry compared with. */
  readonly against: string;
  /** What is compared. */
  readonly name: string;
  /** Our value. */
  readonly ours: number;
  /** Theirs. */
  readonly theirs: number;
  /** Whether they count as equal; null where nothing does. */
  readonly equal: boolean | null;
}

/** A work that was measured. */
export interface BenchmarkRow {
  /** What the command line calls it. */
  readonly id: string;
  /** What it is. */
  readonly title: string;
  /** On what. */
  readonly size: string;
  /** Where it stands among measurements of how time grows; null for the others. */
  readonly scaling: { readonly axis: string; readonly value: number } | null;
  /** Whether the problem was made smaller, so that no bar applies. */
  readonly quick: boolean;
  /** When it was measured, in ISO 8601. */
  readonly measuredAt: string;
  /** The commit it was measured at; null outside a repository. */
  readonly commit: string | null;
  /** How everybody did. */
  readonly entries: readonly BenchmarkEntry[];
  /** How Mixtape did against them. */
  readonly comparisons: readonly BenchmarkComparison[];
  /** Whether the work was as good. */
  readonly qualities: readonly BenchmarkQuality[];
}

/** What `deno task bench --json` writes, as far as pages read it. */
export interface Benchmarks {
  /** Raised when what follows changes its meaning. */
  readonly schemaVersion: 1;
  /** Where it was measured. */
  readonly machine: {
    readonly processor: string;
    readonly processors: number;
    readonly memory: number;
    readonly os: string;
    readonly runtime: string;
  };
  /** What was measured. */
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
 * Reads the text of what `deno task bench --json` wrote.
 *
 * @param json Text of the file.
 * @param origin Names the file in errors.
 * @returns The benchmarks, checked.
 * @throws {ResultMismatchError} If the text is JSON of another shape.
 * @throws {SyntaxError} If the text is not JSON.
 */
export function parseBenchmarks(json: string, { file }: FileOrigin): Benchmarks {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${file}: not JSON, ${(error as SyntaxError).message}`);
  }
  const parsed = benchmarks.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw mismatchOf(file, parsed.error);
}
