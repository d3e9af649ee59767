import { removeIfOld, WorkFolder } from "@mixtape/report-site";
import {
  assetsOf,
  checkResult,
  parseResult,
  parseWorkerLog,
  type PayloadSchemas,
  type Result,
  rowFilesOf,
  type Selection,
  selectionFile,
  spritesOf,
  type StoredFile,
  type UsedData,
  type WorkerJob,
  type WorkerLog,
  workerLogFile,
} from "@mixtape/results";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { checkWritable } from "./check_writable.ts";
import { type FileContent, findDamage, moveInto, readWhole } from "./stored_files.ts";

/** Least age, in milliseconds, of files to remove that no result refers to, as one may be about to be written. */
const unreferencedMs = 10 * 60_000;

/**
 * The results of a report: one file `ID.json` per result, its other files in a folder of the same name, each in one
 * named after its hash. Several processes may store results at the same time: each result is stored with its files.
 */
export class ResultStore {
  /** The folder of the results. */
  readonly folder: string;
  readonly #schemas: PayloadSchemas;

  /**
   * Opens the folder, which need not exist.
   *
   * @param folder Path of the folder.
   * @param schemas Schemas of the payloads that it may hold.
   */
  constructor(folder: string, schemas: PayloadSchemas) {
    this.folder = folder;
    this.#schemas = schemas;
  }

  /**
   * Fails early, before anything is computed, if no result could be stored; does not make the folder.
   *
   * @throws {Deno.errors.NotADirectory} If the folder, or one that it is in, is a file.
   * @throws {Deno.errors.NotFound} If one of them is a link whose target does not exist.
   */
  async checkWritable(): Promise<void> {
    await checkWritable(this.folder);
  }

  /**
   * Finds a result that was stored whole.
   *
   * @param id The experiment.
   * @param key Key that the result must have.
   * @param onDamage Called with a description of the damage, if there is any.
   * @returns The result; nothing if there is none, it has another key, or it is damaged.
   */
  async find(
    id: string,
    key: string,
    onDamage?: (damage: string) => void,
  ): Promise<Result | undefined> {
    return await this.#find(id, (result) => result.key === key, onDamage);
  }

  /**
   * Finds a result that was stored whole and is on the given data, read in the same way.
   *
   * @param id The experiment.
   * @param data Descriptions of the data.
   * @returns The result; nothing if there is none, it is on other data, or it is damaged.
   */
  async findOn(id: string, data: readonly UsedData[]): Promise<Result | undefined> {
    return await this.#find(id, (result) => isDeepStrictEqual(result.data, data));
  }

  /**
   * Reads a file that a stored result refers to.
   *
   * @param stored The reference.
   * @returns The content.
   */
  async read({ file }: StoredFile): Promise<Uint8Array> {
    return await Deno.readFile(join(this.folder, file));
  }

  async #find(
    id: string,
    isWanted: (result: Result) => boolean,
    onDamage: (damage: string) => void = () => {},
  ): Promise<Result | undefined> {
    const file = join(this.folder, `${id}.json`);
    const bytes = await readWhole(file);
    if (bytes === "missing") return undefined;
    if (typeof bytes === "string") {
      onDamage(`${file} is ${bytes}`);
      return undefined;
    }
    try {
      const result = parseResult(new TextDecoder().decode(bytes), {
        file,
        schemas: this.#schemas,
      });
      if (result.experiment !== id || !isWanted(result)) return undefined;
      for (const stored of [...spritesOf(result), ...assetsOf(result), ...rowFilesOf(result)]) {
        const damage = await findDamage(this.folder, stored);
        if (damage === undefined) continue;
        onDamage(damage);
        return undefined;
      }
      return result;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      onDamage(error.message.replace(/\s*\n\s*/g, " "));
      return undefined;
    }
  }

  /**
   * Stores a result, and a copy that later ones do not replace. All of it is written into a folder of its own first and
   * then moved into place, the result itself last: after an error, the one before is still there.
   *
   * @param result The result.
   * @param files The files that it refers to.
   */
  async save(result: Result, files: readonly FileContent[]): Promise<void> {
    const file = `${result.experiment}.json`;
    checkResult(result, { file: join(this.folder, file), schemas: this.#schemas });
    const text = new TextEncoder().encode(`${JSON.stringify(result, null, 1)}\n`);
    const contents: [file: string, bytes: Uint8Array][] = [
      ...files.map(({ stored, bytes }) => [stored.file, bytes] as [string, Uint8Array]),
      [`runs/${runFile(result)}`, text],
      [file, text],
    ];
    await using work = await WorkFolder.open(join(this.folder, file));
    for (const [at, [, bytes]] of contents.entries()) {
      await Deno.writeFile(join(work.path, `${at}`), bytes);
    }
    for (const [at, [file]] of contents.entries()) {
      await moveInto(join(work.path, `${at}`), join(this.folder, file));
    }
    if (files.length > 0) await this.#clear(result.experiment, files);
  }

  /**
   * Stores which experiments fit the data of the last run.
   *
   * @param selection The data, and the experiments that do not fit them.
   */
  async saveSelection(selection: Selection): Promise<void> {
    await this.#saveJson(selectionFile, selection);
  }

  /**
   * Stores which jobs workers did, in place of those of the same experiments.
   *
   * @param jobs The jobs of a run.
   */
  async saveWorkerJobs(jobs: readonly WorkerJob[]): Promise<void> {
    const before = await this.#workerJobs();
    const replaced = new Set(jobs.map(({ experiment }) => experiment));
    const kept = before.filter(({ experiment }) => !replaced.has(experiment));
    const log: WorkerLog = { schemaVersion: 1, jobs: [...kept, ...jobs] };
    if (log.jobs.length > 0) await this.#saveJson(workerLogFile, log);
  }

  /** Reads the jobs that are stored; none from a damaged file, which is about to be replaced. */
  async #workerJobs(): Promise<readonly WorkerJob[]> {
    const file = join(this.folder, workerLogFile);
    const bytes = await readWhole(file);
    if (typeof bytes === "string") return [];
    try {
      return parseWorkerLog(new TextDecoder().decode(bytes), { file }).jobs;
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  }

  async #saveJson(file: string, value: unknown): Promise<void> {
    const text = new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
    await using work = await WorkFolder.open(join(this.folder, file));
    await Deno.writeFile(join(work.path, "0"), text);
    await moveInto(join(work.path, "0"), join(this.folder, file));
  }

  /** Removes the files of the result that this one replaced. */
  async #clear(id: string, files: readonly FileContent[]): Promise<void> {
    const used = new Set(files.map(({ stored }) => stored.file.split("/")[1]));
    const folder = join(this.folder, id);
    for await (const { name } of Deno.readDir(folder)) {
      if (!used.has(name)) await removeIfOld(join(folder, name), unreferencedMs);
    }
  }
}

/** Returns the name under which a result is kept when another one replaces it. */
function runFile({ experiment, provenance }: Result): string {
  return `${experiment}.${provenance.startedAt.replace(/[^0-9TZ]/g, "")}.json`;
}
