import { throwIfAborted } from "@mixtape/tensor-utils";
import { createHash } from "node:crypto";

/**
 * Hashes a file, or the files of a folder.
 *
 * @param path Path of the file or folder.
 * @param signal Ends the work.
 * @returns SHA-256 of the bytes of a file; of a folder, that of the sorted paths and hashes of its files and those of
 * its subfolders, hidden ones left out. In hexadecimal digits.
 */
export async function hashSource(path: string, signal: AbortSignal): Promise<string> {
  if (!(await Deno.stat(path)).isDirectory) return await hashFile(path, signal);
  const hash = createHash("sha256");
  for (const file of (await filesIn(path)).sort()) {
    hash.update(`${file}\0${await hashFile(`${path}/${file}`, signal)}\n`);
  }
  return hash.digest("hex");
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  const buffer = new Uint8Array(1 << 20);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    throwIfAborted(signal);
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}

/** Lists the files that a folder of images is read from, by their paths within it. */
export async function filesIn(root: string, inside = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${root}/${inside}`)) {
    if (name.startsWith(".")) continue;
    if (isDirectory) files.push(...await filesIn(root, `${inside}${name}/`));
    else files.push(`${inside}${name}`);
  }
  return files;
}
