import type { OwnSettings } from "../own/read_own_table.ts";
import { readOwnTable } from "../own/read_own_table.ts";
import type { OwnTable } from "../own/own_table.ts";

/**
 * Writes a file and reads it as data of one's own; for tests only.
 *
 * @param text The text of the file.
 * @param settings The way to read it; `foreign` is the text of the other file.
 * @param seed The seed of the drawing of rows.
 * @param onNote Called with what is left out.
 */
export async function tinyTable(
  text: string,
  settings: Partial<OwnSettings> = {},
  seed = 0,
  onNote?: (note: string) => void,
): Promise<OwnTable> {
  const folder = await Deno.makeTempDir();
  try {
    const write = async (name: string, content: string) => {
      await Deno.writeTextFile(`${folder}/${name}`, content);
      return `${folder}/${name}`;
    };
    const { foreign } = settings;
    return await readOwnTable({
      ...settings,
      path: await write("own.csv", text),
      ...foreign !== undefined && { foreign: await write("foreign.csv", foreign) },
    }, { seed, signal: new AbortController().signal, onProgress: () => {}, onNote });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
