import type { StoredFile } from "@mixtape/results";
import { createHash } from "node:crypto";
import { dirname, join, posix } from "node:path";

/** A file beside a result, with its content. */
export interface FileContent {
  /** Reference of the result to the file. */
  readonly stored: StoredFile;
  /** Content of the file. */
  readonly bytes: Uint8Array;
}

/**
 * Names a file after its content, so that files of different runs never replace one another.
 *
 * @param path Path of the file, relative to the folder of the results: `kmeans-init/centroids.png`.
 * @param bytes Content of the file.
 * @returns The reference: its path, `kmeans-init/0123456789ab/centroids.png`, its length and its SHA-256.
 */
export function describeFile(path: string, bytes: Uint8Array): StoredFile {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { dir, base } = posix.parse(path);
  return { file: `${dir}/${sha256.slice(0, 12)}/${base}`, byteLength: bytes.length, sha256 };
}

/**
 * Looks for damage: bytes that are missing or changed, or a folder where the file should be.
 *
 * @param folder Folder of the results.
 * @param expected The reference of a result to the file.
 * @returns A description of the damage; nothing if the file is whole.
 */
export async function findDamage(
  folder: string,
  { file, byteLength, sha256 }: StoredFile,
): Promise<string | undefined> {
  const path = join(folder, file);
  const bytes = await readWhole(path);
  if (typeof bytes === "string") return `${path} is ${bytes}`;
  if (bytes.length !== byteLength) {
    return `${path} is damaged, it has ${bytes.length} of ${byteLength} bytes`;
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  return found === sha256 ? undefined : `${path} is damaged, its SHA-256 is not ${sha256}`;
}

/**
 * Reads a file that may be missing.
 *
 * @param path Path of the file.
 * @returns Its content, or a description of what is there instead.
 */
export async function readWhole(
  path: string,
): Promise<Uint8Array | "missing" | "a folder" | "no file" | "a link in a circle"> {
  try {
    const { isFile, isDirectory } = await Deno.stat(path);
    // Reading a pipe would wait for ever.
    if (!isFile) return isDirectory ? "a folder" : "no file";
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "missing";
    if (error instanceof Deno.errors.NotADirectory) return "missing";
    if (error instanceof Deno.errors.FilesystemLoop) return "a link in a circle";
    throw error;
  }
}

/**
 * Moves a file into place and replaces whatever is there.
 *
 * @param from Path of the file.
 * @param to New path; its folder need not exist.
 */
export async function moveInto(from: string, to: string): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true });
  try {
    await Deno.rename(from, to);
  } catch (error) {
    if (!await isFolder(to)) throw error;
    await Deno.remove(to, { recursive: true });
    await Deno.rename(from, to);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.lstat(path)).isDirectory;
  } catch {
    return false;
  }
}
