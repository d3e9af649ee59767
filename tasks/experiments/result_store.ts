import {
  type Asset,
  assetsOf,
  checkResult,
  type ExperimentId,
  parseResult,
  type Result,
  type ResultOf,
  spritesOf,
} from "@mixtape/results";
import { dirname, join } from "node:path";
import type { SpriteSheet } from "./sprite_sheet.ts";

/** A file beside a result and where it belongs. */
export interface AssetFile {
  /** How a result refers to it. */
  readonly asset: Asset;
  /** What it holds. */
  readonly bytes: Uint8Array;
}

/** The files that a result refers to. */
export interface ResultFiles {
  /** Its images. */
  readonly sheets: readonly SpriteSheet[];
  /** Its other files. */
  readonly assets: readonly AssetFile[];
}

/** The results of a report: `ID.json` a result, its files in a folder of the same name. */
export class ResultStore {
  /** The folder of the results. */
  readonly folder: string;

  /**
   * Opens the folder, which need not exist.
   *
   * @param folder Its path.
   */
  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Looks for a result that was stored whole.
   *
   * @param id The experiment.
   * @param key What it must have been asked, and on what.
   * @returns The result; nothing if there is none, it answers something else, is damaged or lacks a file.
   */
  async find<Id extends ExperimentId>(id: Id, key: string): Promise<ResultOf<Id> | undefined> {
    const file = join(this.folder, `${id}.json`);
    try {
      const result = parseResult(await Deno.readTextFile(file), { file });
      if (result.experiment !== id || result.key !== key) return undefined;
      for (const { file } of [...spritesOf(result), ...assetsOf(result)]) {
        await Deno.stat(join(this.folder, file));
      }
      return result as Result as ResultOf<Id>;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /**
   * Stores a result, and a copy that later ones do not replace: its files first, then the one that refers to them, each moved into place whole.
   *
   * @param result The result.
   * @param files What it refers to.
   */
  async save(result: Result, { sheets, assets }: ResultFiles): Promise<void> {
    const file = join(this.folder, `${result.experiment}.json`);
    checkResult(result, { file });
    for (const { sprite, png } of sheets) await writeWhole(join(this.folder, sprite.file), png);
    for (const { asset, bytes } of assets) await writeWhole(join(this.folder, asset.file), bytes);
    const text = new TextEncoder().encode(`${JSON.stringify(result, null, 1)}\n`);
    await writeWhole(join(this.folder, "runs", runFile(result)), text);
    await writeWhole(file, text);
  }
}

/** The name under which a result stays when another one replaces it. */
function runFile({ experiment, provenance }: Result): string {
  return `${experiment}.${provenance.startedAt.replace(/[^0-9TZ]/g, "")}.json`;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await Deno.writeFile(partial, bytes);
  await Deno.rename(partial, path);
}
