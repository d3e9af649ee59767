import type { Gpu } from "../../gpu.ts";
import { FRAME_BYTES } from "../../kernels/mixture/frame.ts";
import type { Launch, MixtureSizes } from "./layout.ts";

/** Contents of a frame beside the sizes of a mixture. */
export interface FrameOfLaunch extends Pick<Launch, "first" | "blocks" | "share"> {
  /** Workgroups of the launches before this one. */
  readonly before: number;
  /** Logarithm of the least density, relative to the largest of a row, that counts. */
  readonly least: number;
  /** Vector where the factors begin. */
  readonly factorsAt: number;
  /** Vectors from the factors of a component to those of the next. */
  readonly stride: number;
}

/** Writes the uniforms of a launch, in the order of `mixtureFrame`. */
export function writeFrame(
  gpu: Gpu,
  buffer: GPUBuffer,
  { k, quads, inner, d, tasks }: MixtureSizes,
  { first, blocks, share, before, least, factorsAt, stride }: FrameOfLaunch,
): void {
  const words = new Uint32Array(FRAME_BYTES / 4);
  words.set([first, blocks, share, k, quads, inner, d, tasks, factorsAt, stride, 0, before]);
  new Float32Array(words.buffer)[10] = least;
  gpu.write(buffer, words);
}
