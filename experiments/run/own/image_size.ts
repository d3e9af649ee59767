import { type ImageShape, readTable } from "@mixtape/datasets/table";
import { filesIn } from "./hash_source.ts";

/** Size of an image in pixels. */
export type ImageSize = Pick<ImageShape, "height" | "width">;

/** Most pixels of images that are used as they are, in colour or grey. */
const MOST_PIXELS = 64 * 64;

/** Longest side, in pixels, of images that are made smaller. */
const SMALL_SIDE = 32;

/**
 * Chooses the size to which the images of a folder are brought: photographs have more pixels than a model of them can
 * use, and rarely all the same number.
 *
 * @param path Path of the folder.
 * @param signal Ends the work.
 * @returns A size whose longest side is 32 pixels, in the proportions of the first image, if that is large; nothing if
 * it is small, or the path is that of another kind of data.
 */
export async function smallSize(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly from: ImageSize; readonly to: ImageSize } | undefined> {
  if (!(await Deno.stat(path)).isDirectory) return undefined;
  const file = (await filesIn(path)).sort().find((name) => /\.(png|jpe?g)$/i.test(name));
  if (file === undefined) return undefined;
  const image = new File([await Deno.readFile(`${path}/${file}`)], file);
  const { imageShape: from } = await readTable([image], { signal });
  if (from === undefined || from.height * from.width <= MOST_PIXELS) return undefined;
  const scale = SMALL_SIDE / Math.max(from.height, from.width);
  const side = (pixels: number) => Math.max(1, Math.round(scale * pixels));
  return { from, to: { height: side(from.height), width: side(from.width) } };
}
