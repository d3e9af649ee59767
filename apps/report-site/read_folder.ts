import { join } from "node:path";

/**
 * Reads the files of a folder and of its subfolders.
 *
 * @param files Is given the bytes of each.
 * @param folder The folder; one that does not exist holds none.
 * @param path Path of the folder among the files.
 */
export async function readInto(
  files: Map<string, Uint8Array>,
  folder: string,
  path: string,
): Promise<void> {
  for (const { name, isDirectory, isFile } of await entriesOf(folder)) {
    if (isDirectory) await readInto(files, join(folder, name), `${path}/${name}`);
    else if (isFile) files.set(`${path}/${name}`, await Deno.readFile(join(folder, name)));
  }
}

/** Lists what a folder holds, by name; nothing if it does not exist. */
export async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder)))
      .sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Returns true for a path at which there is a file, without reading it. */
export async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile === true;
}
