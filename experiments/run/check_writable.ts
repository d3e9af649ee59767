import { WorkFolder } from "@mixtape/report-site";
import { dirname, join } from "node:path";

/**
 * Fails early, before anything is computed, if nothing could be written into a folder; does not make the folder.
 *
 * @param folder Path of the folder, which need not exist.
 * @throws {Deno.errors.NotADirectory} If the folder, or one that it is in, is a file.
 * @throws {Deno.errors.NotFound} If one of them is a link whose target does not exist.
 * @throws {Deno.errors.PermissionDenied} If nothing may be written there.
 */
export async function checkWritable(folder: string): Promise<void> {
  const above = await nearestFolder(folder);
  await (await WorkFolder.open(join(above, "any")))[Symbol.asyncDispose]();
}

/** Returns the folder itself, or its nearest existing parent. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    await Deno.stat(folder);
    return folder;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    if (!await isLink(folder)) return await nearestFolder(dirname(folder));
    throw new Deno.errors.NotFound(
      `Cannot write to ${folder}: it is a link to something that is not there, ` +
        `make what it leads to or choose another path`,
    );
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await Deno.lstat(path)).isSymlink;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
