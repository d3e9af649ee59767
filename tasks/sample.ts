/**
 * Makes the embedded sample in `data/sample/` from two Debian packages, byte for byte the same every time:
 *
 * - `digits-8x8`: the 1,797 digits of the UCI test set, from `python3-sklearn`. Of each class, in the
 *   original order, every third image goes to the test split; the rest is for training.
 * - `fashion-8x8`: the first 100 test images of each class of Fashion-MNIST, from
 *   `dataset-fashion-mnist`, reduced to 8×8. Of each class, every second image goes to the test split.
 *
 * Run it with `deno run --allow-read --allow-write=data/sample tasks/sample.ts`; it prints the hashes
 * that belong in `data/manifest.json`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readIdx, writeIdx } from "@mixtape/datasets";
import { print, run } from "./command_line.ts";
import { writeWhole } from "./write_whole.ts";

const DIGITS = "/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz";
const FASHION = "/usr/share/datasets/fashion-mnist";
/** The files from which the sample is made, as Debian's packages install them. */
export const SOURCES: readonly string[] = [DIGITS, FASHION];

const SIDE = 8;
const CLASSES = 10;
const FASHION_IMAGES_PER_CLASS = 100;

/** The images and labels of a source, in its order. */
interface Images {
  readonly pixels: readonly Uint8Array[];
  readonly labels: readonly number[];
}

/**
 * Makes the files of the sample.
 *
 * @param folder The folder to write to; `data/sample` unless given.
 * @returns The SHA-256 of each file, by its path in the folder.
 */
export async function makeSample(
  folder: string = fileURLToPath(new URL("../data/sample", import.meta.url)),
): Promise<Map<string, string>> {
  await checkSources();
  const hashes = new Map<string, string>();
  const sets: [string, Images, number][] = [
    ["digits-8x8", await readDigits(), 3],
    ["fashion-8x8", await readFashion(), 2],
  ];
  for (const [name, images, testEvery] of sets) {
    for (const [path, bytes] of splitFiles(images, testEvery)) {
      await writeWhole(join(folder, name, path), bytes);
      hashes.set(`${name}/${path}`, createHash("sha256").update(bytes).digest("hex"));
    }
  }
  return hashes;
}

async function checkSources(): Promise<void> {
  for (const path of SOURCES) {
    try {
      await Deno.stat(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Deno.errors.NotFound(
        `Cannot make the sample: ${path} is not installed ` +
          `(Debian: apt-get install python3-sklearn dataset-fashion-mnist)`,
      );
    }
  }
}

async function readDigits(): Promise<Images> {
  const file = await Deno.open(DIGITS);
  const text = await new Response(file.readable.pipeThrough(new DecompressionStream("gzip")))
    .text();
  const rows = text.trim().split("\n").map((line) => line.split(",").map(Number));
  const pixelCount = SIDE * SIDE;
  return {
    pixels: rows.map((row) => Uint8Array.from(row.slice(0, pixelCount))),
    labels: rows.map((row) => row[pixelCount]),
  };
}

async function readFashion(): Promise<Images> {
  const [images, labels] = await Promise.all(
    ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"].map(async (name) =>
      await readIdx(await Deno.readFile(join(FASHION, name)), { name })
    ),
  );
  const [, height, width] = images.shape;
  const size = height * width;
  const taken = new Array<number>(CLASSES).fill(0);
  const rows = [...labels.values.keys()].filter((row) =>
    taken[labels.values[row]]++ < FASHION_IMAGES_PER_CLASS
  );
  return {
    pixels: rows.map((row) => reduce(images.values.subarray(row * size, (row + 1) * size), width)),
    labels: rows.map((row) => labels.values[row]),
  };
}

/**
 * Reduces a 28×28 image to 8×8 the way the digits were made: padded to 32×32, then every block of
 * 4×4 becomes its number of lit pixels, 0 to 16. The digits were black and white; a grey pixel here
 * counts for its share of 255, and the sum is rounded.
 *
 * @param image The pixels, row by row, 0 to 255.
 * @param side The height and width of the image, at most 32.
 * @returns 64 numbers from 0 to 16.
 */
export function reduce(image: Uint8Array, side: number): Uint8Array {
  const block = 4;
  const margin = (SIDE * block - side) / 2;
  const sums = new Uint16Array(SIDE * SIDE);
  image.forEach((value, i) => {
    const row = Math.floor((Math.floor(i / side) + margin) / block);
    const column = Math.floor((i % side + margin) / block);
    sums[row * SIDE + column] += value;
  });
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + 255) / 510));
}

function splitFiles({ pixels, labels }: Images, testEvery: number): [string, Uint8Array][] {
  const seen = new Array<number>(CLASSES).fill(0);
  const isTest = labels.map((label) => seen[label]++ % testEvery === testEvery - 1);
  return (["train", "t10k"] as const).flatMap((split) => {
    const rows = [...labels.keys()].filter((row) => isTest[row] === (split === "t10k"));
    const values = new Uint8Array(rows.length * SIDE * SIDE);
    rows.forEach((row, i) => values.set(pixels[row], i * SIDE * SIDE));
    const shape = [rows.length, SIDE, SIDE];
    return [
      [`${split}-images-idx3-ubyte`, writeIdx({ shape, values })],
      [
        `${split}-labels-idx1-ubyte`,
        writeIdx({ shape: [rows.length], values: Uint8Array.from(rows, (row) => labels[row]) }),
      ],
    ];
  });
}

if (import.meta.main) {
  await run(async () => {
    for (const [path, hash] of await makeSample()) print(`${hash}  ${path}`);
  });
}
