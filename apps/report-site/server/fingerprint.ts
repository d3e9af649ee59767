import { join } from "node:path";

/** A fingerprint of the files of a folder, from their metadata. */
export interface Fingerprint {
  /** Name, size, time and inode of every file, as text that differs if any of them changed. */
  readonly text: string;
  /** True if any later change will change the text; a change within the same clock tick might not. */
  readonly settled: boolean;
}

/** Milliseconds within which a file system may give two changes the same time. */
const tickMs = 2000;

/**
 * Looks at the files of folders without reading them.
 *
 * @param folders The folders, which may not exist.
 */
export async function fingerprintOf(
  ...folders: readonly (string | undefined)[]
): Promise<Fingerprint> {
  const lines: string[] = [];
  let newest = 0;
  for (const folder of folders) {
    if (folder === undefined) continue;
    for await (const [path, info] of filesIn(folder, "")) {
      const changed = Math.max(info.mtime?.getTime() ?? 0, info.ctime?.getTime() ?? 0);
      newest = Math.max(newest, changed);
      lines.push(`${join(folder, path)} ${info.size} ${changed} ${info.ino}`);
    }
  }
  return { text: lines.sort().join("\n"), settled: Date.now() - newest > tickMs };
}

async function* filesIn(folder: string, below: string): AsyncGenerator<[string, Deno.FileInfo]> {
  try {
    for await (const { name } of Deno.readDir(join(folder, below))) {
      const path = join(below, name);
      const info = await Deno.stat(join(folder, path)).catch(() => undefined);
      if (info === undefined) continue;
      yield [path, info];
      if (info.isDirectory) yield* filesIn(folder, path);
    }
  } catch {
    // What cannot be looked at is a matter for who reads it.
  }
}
