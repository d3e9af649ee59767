import { dirname, join } from "node:path";
import type { FileContent } from "./site.ts";

/** Files that are written at the same time: as many as keep the disk busy, fewer than may be open. */
const atOnce = 64;

/**
 * Writes files into a folder.
 *
 * @param folder The folder.
 * @param files The contents to write, by their path in the folder.
 * @param signal Signal that stops between two files.
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, FileContent>,
  signal?: AbortSignal,
): Promise<void> {
  const rest = [...files];
  while (rest.length > 0) {
    signal?.throwIfAborted();
    const writes = rest.splice(0, atOnce)
      .map(([path, content]) => writeInto(join(folder, path), content));
    // Nothing may still be writing when what was written is taken away again.
    const failed = (await Promise.allSettled(writes)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }
  signal?.throwIfAborted();
}

async function writeInto(path: string, content: FileContent): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  if (typeof content === "string") await Deno.writeTextFile(path, content);
  else await Deno.writeFile(path, content);
}
