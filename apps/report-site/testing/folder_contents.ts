import assert from "node:assert/strict";
import { join } from "node:path";

/** Every file under a folder by its path in it, with its bytes as text; for tests only. */
export function folderContents(folder: string, below = ""): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name, isDirectory } of Deno.readDirSync(join(folder, below))) {
    const path = join(below, name);
    if (isDirectory) { for (const inner of folderContents(folder, path)) files.set(...inner); }
    else files.set(path, new TextDecoder("latin1").decode(Deno.readFileSync(join(folder, path))));
  }
  return files;
}

/** The names in a folder, sorted; for tests only. */
export function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** Gives a test a folder of its own, and removes it afterwards; for tests only. */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Makes a pipe with a name: reading it waits until something is written to it. */
export function makePipe(path: string): void {
  const { success } = new Deno.Command("sh", { args: ["-c", 'mkfifo "$0"', path] }).outputSync();
  assert(success, `cannot make the pipe ${path}`);
}
