/**
 * Writes images of the embedded sample as PNG files: digits in a folder per class, clothes in one folder.
 *
 * @module
 */
import { encode } from "fast-png";
import type { ImageDataset } from "../../experiments/run/image_dataset.ts";
import { readSample } from "../read_sample.ts";

/** Images of each set, drawn from the start of its training split. */
const IMAGES = 400;

/**
 * Writes the folders `digits` and `clothes`.
 *
 * @param folder Folder for them; it is made if need be.
 * @param signal Ends the work.
 */
export async function makePictures(folder: string, signal?: AbortSignal): Promise<void> {
  const { inDistribution: digits, outOfDistribution: clothes } = await readSample(signal);
  await write(`${folder}/digits`, digits, (name) => name);
  await write(`${folder}/clothes`, clothes, () => "");
}

async function write(
  folder: string,
  { train: { images, labels }, imageShape: { height, width }, maxValue, classNames }: ImageDataset,
  subfolder: (className: string) => string,
): Promise<void> {
  const pixels = height * width;
  for (let i = 0; i < Math.min(IMAGES, labels.length); i++) {
    const path = `${folder}/${subfolder(classNames[labels[i]])}`;
    await Deno.mkdir(path, { recursive: true });
    const data = Uint8Array.from(
      images.values.subarray(i * pixels, (i + 1) * pixels),
      (value) => Math.round(255 * value / maxValue),
    );
    const number = String(i).padStart(4, "0");
    await Deno.writeFile(`${path}/${number}.png`, encode({ width, height, data, channels: 1 }));
  }
}

if (import.meta.main) await makePictures(Deno.args[0] ?? "data");
