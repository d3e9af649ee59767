import type { MixtureTerms } from "@mixtape/operations";
import { type Gpu, grid } from "../../gpu.ts";
import { BLOCK_ROWS, FRAME_BYTES, mixtureBindings } from "../../kernels/mixture/frame.ts";
import { mixtureScores, type Score } from "../../kernels/mixture/scores.ts";
import { type MixtureSizes, runsOf } from "./layout.ts";
import type { MixtureRows } from "./mixture_rows.ts";
import { packTerms } from "./terms.ts";
import { writeFrame } from "./write_frame.ts";

/** Beside the largest density of a row, e to this is far below what float64 adds. */
const LEAST: Readonly<Record<Score, number>> = { densities: -50, responsibilities: -746 };

/**
 * Scores rows, some blocks at a time.
 *
 * @param gpu The device.
 * @param rows The rows; what comes of those that kernels skip is not to be used.
 * @param sizes Sizes of the mixture.
 * @param terms The mixture.
 * @param score Log-densities, n numbers, or responsibilities, n×k.
 * @param all Array for the scores.
 * @param check Throws if the scores are no longer wanted.
 */
export async function scoreRows(
  gpu: Gpu,
  rows: MixtureRows,
  sizes: MixtureSizes,
  terms: MixtureTerms,
  score: Score,
  all: Float64Array,
  check: () => void,
): Promise<void> {
  const { k, factors } = sizes;
  const { values, factorsAt, stride } = packTerms(sizes, terms.means, terms);
  const runs = runsOf(rows.blocks, sizes.mostShares);
  const blocksOfRun = Math.max(...runs.map(({ blocks }) => blocks));
  const width = score === "densities" ? 1 : k;
  const packed = gpu.storage(values.byteLength);
  const shares = gpu.storage(8 * BLOCK_ROWS * k * blocksOfRun);
  const found = gpu.storage(score === "densities" ? 8 * BLOCK_ROWS * blocksOfRun : 16);
  const [masks, given] = [gpu.storage(16), gpu.storage(16)];
  const staging = gpu.staging(8 * BLOCK_ROWS * width * blocksOfRun);
  const frame = gpu.uniform(FRAME_BYTES);
  const buffers = [packed, shares, masks, found, given, frame];
  const kernel = gpu.kernel(
    mixtureScores({ factors, numbers: rows.numbers }, score),
    mixtureBindings,
  );
  gpu.write(packed, values);
  try {
    for (const { part, first, blocks } of runs) {
      check();
      const least = LEAST[score];
      writeFrame(gpu, frame, sizes, {
        first,
        blocks,
        share: 1,
        before: 0,
        least,
        factorsAt,
        stride,
      });
      const { buffer, start, rows: rowsOfPart } = rows.parts[part];
      const encoder = gpu.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, gpu.bind(kernel, [buffer, ...buffers]));
      pass.dispatchWorkgroups(...grid(blocks));
      pass.end();
      const from = score === "densities" ? found : shares;
      encoder.copyBufferToBuffer(from, 0, staging, 0, 8 * BLOCK_ROWS * width * blocks);
      const scores = new Float64Array(await gpu.read(encoder, staging));
      const begin = first * BLOCK_ROWS;
      const end = Math.min(rowsOfPart, begin + blocks * BLOCK_ROWS);
      for (let row = begin; row < end; row++) {
        const at = Math.floor((row - begin) / BLOCK_ROWS) * BLOCK_ROWS * width + row % BLOCK_ROWS;
        const to = (start + row) * width;
        for (let c = 0; c < width; c++) all[to + c] = scores[at + c * BLOCK_ROWS];
      }
    }
  } finally {
    [...buffers, staging].forEach((buffer) => buffer.destroy());
  }
}
