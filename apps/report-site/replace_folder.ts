import { join, normalize } from "node:path";
import { renameIfThere, WorkFolder } from "./work_folder.ts";

/**
 * Replaces a folder whole, or not at all: the new one is written beside it and then takes its place.
 *
 * Of several processes that replace it at the same time each puts a whole folder in place, and the last one stays.
 *
 * @param folder The folder; it need not exist.
 * @param write Writes what the folder is going to hold into the folder that it is given; if it fails, the previous
 * folder is still there.
 * @returns The value that `write` returned.
 * @throws {Deno.errors.NotADirectory} If `folder` is a file.
 */
export async function replaceFolder<T>(
  folder: string,
  write: (folder: string) => Promise<T>,
): Promise<T> {
  const target = normalize(folder).replace(/[/\\]$/, "");
  checkIsNoFile(target);
  await using work = await WorkFolder.open(target);
  const next = join(work.path, "next");
  await Deno.mkdir(next);
  const written = await write(next);
  swap(next, target, work.previous);
  return written;
}

function checkIsNoFile(target: string): void {
  try {
    if (Deno.statSync(target).isDirectory) return;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw new Deno.errors.NotADirectory(
    `Cannot write ${target}: there is a file of that name, move it away or choose another folder`,
  );
}

/** Without anything awaited, so that nothing in this process comes between the two renames. */
function swap(next: string, target: string, previous: string): void {
  while (true) {
    renameIfThere(target, previous);
    try {
      return Deno.renameSync(next, target);
    } catch (error) {
      if (!isTaken(error)) {
        renameIfThere(previous, target);
        throw error;
      }
      // Another process put its folder in place in between; it is the one to replace.
      removeIfThere(previous);
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    (error.code === "ENOTEMPTY" || error.code === "EEXIST");
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
