import { sha256 } from "./hash.ts";
import { basename, copyFile, join, readdir, rename, rm, stat } from "./sources/node_files.ts";

/** The part of a file that has arrived, under a name that no other process writes to. */
export interface PartialFile {
  /** Path of the part, which may not exist yet. */
  readonly path: string;
  /** Path where it is kept for a later call if this one does not finish. */
  readonly kept: string;
}

/**
 * Milliseconds without a change after which a part is taken to be left behind by a process that
 * ended.
 */
const ABANDONED_MS = 60_000;

/** Returns the path where a download is kept until a later call continues it. */
export async function partialPath(folder: string, file: string, url: string): Promise<string> {
  // Mirrors may have compressed the file differently, so each has a partial file of its own.
  const tag = (await sha256(new TextEncoder().encode(url))).slice(0, 8);
  return join(folder, `${file}.${tag}.partial`);
}

/**
 * Takes over the part of a file that an earlier call kept, or that a killed process left behind.
 *
 * @param folder The folder of the data set.
 * @param file The name of the file.
 * @param url The address it is downloaded from.
 * @returns The part, which may not exist yet.
 */
export async function claimPartial(
  folder: string,
  file: string,
  url: string,
): Promise<PartialFile> {
  const kept = await partialPath(folder, file, url);
  const path = kept.replace(/partial$/, `${crypto.randomUUID()}.partial`);
  // Only one of several processes can rename it.
  if (await done(rename(kept, path))) return { path, kept };
  const stem = basename(kept, "partial");
  for (const name of await partialNames(folder)) {
    const left = join(folder, name);
    if (!name.startsWith(stem) || !await isAbandoned(left)) continue;
    // A copy, because a process that was only suspended would continue to write to the file itself.
    const copied = await done(copyFile(left, path));
    await rm(left, { force: true });
    if (copied) break;
  }
  return { path, kept };
}

/** Keeps the bytes that have arrived for a later call. */
export async function keepPartial({ path, kept }: PartialFile): Promise<void> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size > 0) await done(rename(path, kept));
  else await rm(path, { force: true });
}

/**
 * Removes the parts of files that are complete, except those that a process is still adding to.
 *
 * @param folder The folder of the data set.
 * @param files The names of the files.
 */
export async function removePartials(folder: string, files: readonly string[]): Promise<void> {
  for (const name of await partialNames(folder)) {
    const file = files.find((file) => name.startsWith(`${file}.`));
    if (file === undefined) continue;
    const isKept = name.slice(file.length).split(".").length === 3;
    const path = join(folder, name);
    if (isKept || await isAbandoned(path)) await rm(path, { force: true });
  }
}

async function partialNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".partial"));
}

async function isAbandoned(path: string): Promise<boolean> {
  const { mtimeMs = Infinity } = await stat(path).catch(() => undefined) ?? {};
  return Date.now() - mtimeMs > ABANDONED_MS;
}

/** Runs an operation on a file; returns false if the file did not exist. */
async function done(operation: Promise<void>): Promise<boolean> {
  try {
    await operation;
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return false;
    throw error;
  }
}
