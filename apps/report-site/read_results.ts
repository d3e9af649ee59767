import {
  assetsOf,
  type Benchmarks,
  parseBenchmarks,
  parseResult,
  parseSelection,
  parseWorkerLog,
  type PayloadSchemas,
  type Result,
  ResultMismatchError,
  type Selection,
  selectionFile,
  type Sprite,
  spritesOf,
  type StoredFile,
  type WorkerJob,
  workerLogFile,
} from "@mixtape/results";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { displayable } from "./data_text.ts";
import type { SiteExperiment } from "./experiment.ts";
import type { Results } from "./page.ts";
import { asError, type Problem } from "./problem.ts";

/** The results of a folder, and the files that they consist of. */
export interface ReadResults {
  /** Results by experiment. */
  readonly results: Results;
  /** Path of each file, relative to the folder, and its bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Other files of the site, by their paths in it: sites of examples, the exercise; none unless given. */
  readonly otherFiles?: ReadonlyMap<string, Uint8Array>;
  /** The files that are not what they should be, which are left out. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the results in a folder and the files beside them.
 *
 * @param folder Folder of the results; one that does not exist holds none.
 * @param experiments The experiments whose results are read, in their order.
 * @returns The results and the problems. An experiment without a file is absent; one whose result does not
 * conform, or lacks a file, is a problem whose error has the file, the path in it and what was expected.
 */
export async function readResults(
  folder: string,
  experiments: readonly Pick<SiteExperiment, "id" | "schema">[],
): Promise<ReadResults> {
  const schemas = Object.fromEntries(experiments.map(({ id, schema }) => [id, schema]));
  const byExperiment: Record<string, Result> = {};
  const problems: Problem[] = [];
  const selection = await readSelection(join(folder, selectionFile)).catch((thrown) => {
    problems.push(problemOf(thrown, folder, selectionFile));
    return undefined;
  });
  const files = new Map<string, Uint8Array>();
  for (const id of Object.keys(schemas)) {
    if (isLeftOut(id, selection)) continue;
    const ofResult = new Map<string, Uint8Array>();
    try {
      const result = await readResult(folder, id, schemas, ofResult);
      if (result === undefined || isOfOtherData(result, selection)) continue;
      byExperiment[id] = result;
      for (const [path, bytes] of ofResult) files.set(path, bytes);
    } catch (thrown) {
      problems.push(problemOf(thrown, folder, `${id}.json`, id));
    }
  }
  const benchmarks = await readBenchmarks(join(folder, benchmarksFile), files).catch((thrown) => {
    problems.push(problemOf(thrown, folder, benchmarksFile));
    return undefined;
  });
  const runs = await readRuns(join(folder, "runs"), schemas, files).catch((thrown) => {
    problems.push(problemOf(thrown, folder, "runs"));
    return [];
  });
  const jobs = await readWorkerJobs(join(folder, workerLogFile)).catch((thrown) => {
    problems.push(problemOf(thrown, folder, workerLogFile));
    return [];
  });
  // Those of results that others have replaced are of no interest.
  const workerJobs = jobs.filter(({ experiment, key }) => byExperiment[experiment]?.key === key);
  const read: Results = {
    byExperiment,
    ...benchmarks && { benchmarks },
    runs,
    ...selection && { selection },
    ...workerJobs.length > 0 && { workerJobs },
  };
  return { results: displayable(read), files, problems };
}

/** Returns true for an experiment that does not fit the data of the last run: its result is that of others. */
function isLeftOut(id: string, selection: Selection | undefined): boolean {
  return selection?.leftOut.some(({ experiment }) => experiment === id) ?? false;
}

/** Returns true for a result on files of one's own that are not those of the last run. */
function isOfOtherData({ data }: Result, selection: Selection | undefined): boolean {
  if (selection?.data !== "own") return false;
  const hashes = data.flatMap(({ files }) => files.map(({ sha256 }) => sha256));
  return hashes.join() !== selection.files.map(({ sha256 }) => sha256).join();
}

async function readWorkerJobs(file: string): Promise<readonly WorkerJob[]> {
  const bytes = await readIfThere(file);
  return bytes === undefined ? [] : parseWorkerLog(new TextDecoder().decode(bytes), { file }).jobs;
}

async function readSelection(file: string): Promise<Selection | undefined> {
  const bytes = await readIfThere(file);
  return bytes && parseSelection(new TextDecoder().decode(bytes), { file });
}

function problemOf(
  thrown: unknown,
  folder: string,
  name: string,
  experiment?: string,
): Problem {
  const error = inFile(asError(thrown), join(folder, name));
  const message = error.message.replaceAll(join(folder, "/"), "results/");
  return {
    experiment,
    error,
    message: displayable(message),
    concerns: ({ uses, path }) =>
      experiment === undefined ? name.startsWith(path) : uses.includes(experiment),
  };
}

/** The error with the file in its message: errors of the file system may lack it, and name a call of the system. */
function inFile(error: Error, file: string): Error {
  if (error instanceof SyntaxError) return error;
  const reason = error.message.replace(/ \(os error \d+\).*$/s, "");
  const cause = Object.assign(error, { path: file });
  return new SyntaxError(`Cannot read ${file}: ${reason}`, { cause });
}

/** Reads a result and its files: again, if another one takes its place in the meantime and takes away its files. */
async function readResult(
  folder: string,
  id: string,
  schemas: PayloadSchemas,
  files: Map<string, Uint8Array>,
): Promise<Result | undefined> {
  const file = join(folder, `${id}.json`);
  const bytes = await readIfThere(file);
  if (bytes === undefined) return undefined;
  const result = parseResult(new TextDecoder().decode(bytes), { file, schemas });
  if (result.experiment !== id) {
    throw new ResultMismatchError(file, "experiment", `expected ${id}, got ${result.experiment}`);
  }
  try {
    for (const sprite of spritesOf(result)) {
      files.set(sprite.file, checkSize(await readStored(folder, sprite, id), folder, sprite));
    }
    for (const asset of assetsOf(result)) {
      files.set(asset.file, await readStored(folder, asset, id));
    }
  } catch (error) {
    const now = await readIfThere(file);
    if (now === undefined || Buffer.compare(bytes, now) !== 0) {
      return await readResult(folder, id, schemas, files);
    }
    throw error;
  }
  files.set(`${id}.json`, bytes);
  return result;
}

/** Former runs; those of a schema that is read no longer are left out. */
async function readRuns(
  folder: string,
  schemas: PayloadSchemas,
  files: Map<string, Uint8Array>,
): Promise<Result[]> {
  const runs: Result[] = [];
  for (const name of await jsonFiles(folder)) {
    const file = join(folder, name);
    const bytes = await Deno.readFile(file);
    try {
      runs.push(parseResult(new TextDecoder().decode(bytes), { file, schemas }));
    } catch (error) {
      if (error instanceof SyntaxError) continue;
      throw error;
    }
    files.set(`runs/${name}`, bytes);
  }
  const ids = Object.keys(schemas);
  const order = ({ experiment }: Result) => ids.indexOf(experiment);
  return runs.sort((a, b) =>
    order(a) - order(b) || a.provenance.startedAt.localeCompare(b.provenance.startedAt)
  );
}

/** Name of the file of benchmarks beside the results. */
export const benchmarksFile = "benchmarks.json";

/**
 * Reads benchmarks.
 *
 * @param file The file.
 * @param files Files of the results, to which it is added.
 * @returns The benchmarks; nothing if there is no such file.
 */
export async function readBenchmarks(
  file: string,
  files: Map<string, Uint8Array>,
): Promise<Benchmarks | undefined> {
  const bytes = await readIfThere(file);
  if (bytes === undefined) return undefined;
  const benchmarks = parseBenchmarks(new TextDecoder().decode(bytes), { file });
  files.set(benchmarksFile, bytes);
  return benchmarks;
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Reads what is a file; a pipe would be read for ever. */
async function readFile(path: string): Promise<Uint8Array> {
  if ((await Deno.stat(path)).isFile) return await Deno.readFile(path);
  throw new SyntaxError(`Cannot read ${path}: it is no file, move it away`);
}

async function jsonFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(".json")) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

/** Reads a file that a result refers to, and checks that it is the one. */
async function readStored(
  folder: string,
  { file, byteLength, sha256 }: StoredFile,
  id: string,
): Promise<Uint8Array> {
  const path = join(folder, file);
  const remedy = `run deno task experiments ${id} to make it again`;
  const bytes = await readFile(path).catch((error) => {
    if (isNoFile(error)) {
      throw new SyntaxError(`Cannot read ${path}: there is no such file, ${remedy}`);
    }
    throw inFile(error, path);
  });
  if (createHash("sha256").update(bytes).digest("hex") === sha256) return bytes;
  throw new SyntaxError(
    `Cannot read ${path}: expected ${byteLength} bytes with the SHA-256 ${sha256}, ` +
      `got ${bytes.length} bytes of something else, ${remedy}`,
  );
}

function isNoFile(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.FilesystemLoop ||
    error instanceof SyntaxError;
}

function checkSize(bytes: Uint8Array, folder: string, sprite: Sprite): Uint8Array {
  const expected = {
    width: sprite.columns * sprite.tile.width,
    height: Math.ceil(sprite.count / sprite.columns) * sprite.tile.height,
  };
  const size = pngSize(bytes);
  if (size?.width === expected.width && size.height === expected.height) return bytes;
  const got = size === undefined ? "something else" : `${size.width}×${size.height}`;
  throw new SyntaxError(
    `Cannot read ${join(folder, sprite.file)}: expected a PNG image of ` +
      `${expected.width}×${expected.height} pixels, got ${got}`,
  );
}

/** Size of a PNG image, from its header (the first chunk, at byte 8, is always IHDR). */
function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signature = [0x89504e47, 0x0d0a1a0a];
  if (bytes.length < 24 || signature.some((word, index) => view.getUint32(4 * index) !== word)) {
    return undefined;
  }
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
