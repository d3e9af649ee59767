import { createHash, randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { readWhole } from "../experiments/run/stored_files.ts";

/** An outcome as it is kept, and its hash. */
export interface KeptOutcome {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The outcomes of jobs, in a folder that a run and its workers share: one file per job, in a folder per experiment and
 * named after the job. A file has the hash of its content, so that half a file or a damaged one is none.
 */
export class Outcomes {
  readonly #folder: string;

  /** @param folder Path of the folder, which need not exist. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Reads an outcome.
   *
   * @param experiment The experiment.
   * @param name Name of the job.
   * @returns The outcome; nothing if it is missing or damaged.
   */
  async read(experiment: string, name: string): Promise<KeptOutcome | undefined> {
    const file = await readWhole(this.#path(experiment, name));
    if (typeof file === "string" || file.length < 32) return undefined;
    const bytes = file.subarray(32);
    const digest = createHash("sha256").update(bytes).digest();
    return digest.equals(file.subarray(0, 32))
      ? { bytes, sha256: digest.toString("hex") }
      : undefined;
  }

  /**
   * Keeps an outcome; others see it whole or not at all.
   *
   * @param experiment The experiment.
   * @param name Name of the job.
   * @param outcome The outcome.
   */
  async write(experiment: string, name: string, { bytes, sha256 }: KeptOutcome): Promise<void> {
    const path = this.#path(experiment, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    const work = `${path}.${randomUUID()}`;
    const file = new Uint8Array(32 + bytes.length);
    file.set(Uint8Array.fromHex(sha256));
    file.set(bytes, 32);
    try {
      await Deno.writeFile(work, file);
      await Deno.rename(work, path);
    } catch (error) {
      await Deno.remove(work).catch(() => {});
      throw error;
    }
  }

  /**
   * Removes the outcomes of an experiment, which its result has made useless.
   *
   * @param experiment The experiment.
   */
  async clear(experiment: string): Promise<void> {
    await removeIfThere(join(this.#folder, experiment), true);
    // The folder of all goes with the last experiment.
    await removeIfThere(this.#folder, false);
  }

  /**
   * Removes some outcomes, half-written ones too, and the folders that this empties.
   *
   * @param experiment The experiment.
   * @param names Names of the jobs.
   */
  async remove(experiment: string, names: readonly string[]): Promise<void> {
    const folder = join(this.#folder, experiment);
    const files = new Set(names.map((name) => `${name}.bin`));
    for (const file of await filesIn(folder)) {
      // Also what a writer left that was ended in the midst.
      if (files.has(file.replace(/(?<=\.bin)\..*$/, ""))) {
        await removeIfThere(join(folder, file), false);
      }
    }
    await removeIfThere(folder, false);
    await removeIfThere(this.#folder, false);
  }

  #path(experiment: string, name: string): string {
    return join(this.#folder, experiment, `${name}.bin`);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function removeIfThere(path: string, recursive: boolean): Promise<void> {
  try {
    await Deno.remove(path, { recursive });
  } catch (error) {
    if (!isMissing(error) && recursive) throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { NotFound, NotADirectory } = Deno.errors;
  return error instanceof NotFound || error instanceof NotADirectory;
}

/**
 * Writes an outcome as bytes: numbers to the last bit, typed arrays, maps.
 *
 * @param outcome A value that `structuredClone` copies.
 */
export function keptOutcome(outcome: unknown): KeptOutcome {
  return keptBytes(new Uint8Array(serialize(outcome)));
}

/**
 * Hashes the bytes of an outcome.
 *
 * @param bytes The bytes.
 */
export function keptBytes(bytes: Uint8Array): KeptOutcome {
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * Reads an outcome from bytes that {@link keptOutcome} wrote.
 *
 * @param kept The bytes.
 */
export function outcomeOf({ bytes }: Pick<KeptOutcome, "bytes">): unknown {
  return deserialize(bytes);
}
