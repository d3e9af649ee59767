import { join } from "node:path";
import { entriesOf } from "./read_folder.ts";

/**
 * Gives the files of a folder, and of its subfolders, a second place: as links to the same bytes, or as copies where a
 * file system has no such links.
 *
 * @param from The folder; one that does not exist holds none. Its files are replaced when they change, never rewritten.
 * @param to The folder to make; it is made only if there are files.
 * @param signal Signal that stops between two files.
 */
export async function linkFolder(from: string, to: string, signal?: AbortSignal): Promise<void> {
  for (const { name, isDirectory, isFile } of await entriesOf(from)) {
    signal?.throwIfAborted();
    if (isDirectory) await linkFolder(join(from, name), join(to, name), signal);
    else if (isFile) await linkInto(to, join(from, name), name);
  }
}

async function linkInto(folder: string, file: string, name: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const target = join(folder, name);
  // Other disks, and file systems without links, refuse in ways of their own.
  await Deno.link(file, target).catch(() => Deno.copyFile(file, target));
}
