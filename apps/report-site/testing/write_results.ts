import { schemas } from "@mixtape/experiments";
import {
  type Asset,
  assetsOf,
  checkResult,
  type Result,
  type Sprite,
  spritesOf,
} from "@mixtape/results";
import { dirname, join } from "node:path";
import { exampleBytes, exampleImage } from "./example_envelope.ts";
import { exampleRuns } from "./example_runs.ts";

/** Writes results and the files beside them as an experiment would; for tests only. */
export async function writeResults(folder: string, results: readonly Result[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const result of results) {
    const file = join(folder, `${result.experiment}.json`);
    checkResult(result, { file, schemas });
    await Deno.writeTextFile(file, JSON.stringify(result, null, 1));
    for (const sprite of spritesOf(result)) await writeImage(folder, sprite);
    for (const asset of assetsOf(result)) await writeAsset(folder, asset);
  }
}

/** Writes the runs of {@link exampleRuns} where the store of results keeps them; for tests only. */
export async function writeRuns(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [index, run] of exampleRuns.entries()) {
    await Deno.writeTextFile(join(folder, `${run.experiment}.${index}.json`), JSON.stringify(run));
  }
}

async function writeImage(folder: string, sprite: Sprite): Promise<void> {
  const path = join(folder, sprite.file);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, exampleImage(sprite));
}

async function writeAsset(folder: string, { file, byteLength }: Asset): Promise<void> {
  const path = join(folder, file);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, exampleBytes(byteLength));
}
