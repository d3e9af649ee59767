import { dense } from "../../module/dense.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { packRight, productInPieces } from "../product.ts";
import { type Link, rowBytes, vectorsOf } from "./network.ts";
import type { DensePlan } from "./plan.ts";

/** Number of weights of a later layer from which whole products pay: those of few are done sooner than threads are told. */
const WIDE = 2 ** 16;
/** Rows and vectors of the widest tile of the first layer, as in the kernel; rows of a block of anything else but products. */
const ROWS = 256;
const TILE = 13;
const FEW_ROWS = 8;
/** The activation that products apply themselves, which has this number there too. */
const RELU = 1;
/** Rows of weights in a block of an update, and rows of the batch that it multiplies at a time, as in the kernel. */
const WEIGHT_ROWS = 40;
const DEPTH = 1024;

/**
 * Returns true if a network is trained by products of whole matrices: one of its later layers is
 * wide, and none has an input that is padded, or is folded into another one.
 */
export function isWide(links: readonly Link[]): boolean {
  const later = links.slice(1);
  return later.some(({ inputs, units }) => inputs * units >= WIDE) &&
    later.every(({ inputs, layers }) => inputs % 4 === 0 && layers.length === 1);
}

/** Returns the bytes of scratch per thread for a block of an update of later layers. */
export function wideScratchBytes(links: readonly Link[]): number {
  const widest = Math.max(...links.slice(1).map(({ units }) => rowBytes(units)));
  return 4 * WEIGHT_ROWS * DEPTH + (WEIGHT_ROWS + 1) * widest + 16;
}

/** Packs all weights, as updates do from then on. */
export function* packWeights(
  runtime: SimdRuntime,
  plan: DensePlan,
  links: readonly Link[],
): Work<void> {
  runtime.run(dense, "prepareFirst", [plan.address], 1);
  for (let g = 1; g < links.length; g++) {
    const { weights, panels, transposed } = plan.link(g);
    const [inputs, units] = [links[g].inputs, 4 * vectorsOf(links[g].units)];
    yield* packRight(runtime, { b: weights, n: units, k: inputs }, panels);
    yield* packRight(runtime, { b: weights, n: inputs, k: units, transposeB: true }, transposed);
  }
}

/** Returns the number of blocks of rows of weights in an update of a network with wide layers. */
export function wideUpdateBlocks(links: readonly Link[]): number {
  const later = links.slice(1);
  return later.reduce((sum, { inputs }) => sum + Math.ceil((inputs + 1) / WEIGHT_ROWS), 1);
}

/**
 * Takes the rows of a batch forward and back: leaves their losses, and the gradients of the sums of each
 * layer, those of later ones also in panels.
 */
export function* widePasses(
  runtime: SimdRuntime,
  plan: DensePlan,
  links: readonly Link[],
  rows: number,
  labelSmoothing: number,
): Work<void> {
  const at = plan.address;
  const few = Math.ceil(rows / FEW_ROWS);
  const last = links.length - 1;
  const widths = links.map(({ units }) => 4 * vectorsOf(units));
  runtime.run(dense, "fetchRows", [at, rows], few);
  const tiles = Math.ceil(vectorsOf(links[0].units) / TILE);
  const sums = Math.ceil(rows / ROWS) * tiles;
  const multiplyAdds = rows * links[0].inputs * links[0].units;
  yield* runtime.runInPieces(dense, "firstSums", [at, rows], sums, multiplyAdds);
  for (let g = 0; g <= last; g++) {
    const { weights, outputs, panels } = plan.link(g);
    const [m, n, k] = [rows, widths[g], links[g].inputs];
    const activation = g > 0 && links[g].activation === RELU ? RELU : 0;
    if (g > 0) {
      const [a, bias] = [plan.link(g - 1).outputs, weights + 4 * k * n];
      const task = { a, b: weights, packed: panels, output: outputs, bias, activation, m, n, k };
      yield* productInPieces(runtime, task);
    }
    if (links[g].activation !== activation) runtime.run(dense, "activate", [at, rows, g], few);
  }
  runtime.run(dense, "lossRows", [at, rows, labelSmoothing, 1 / rows], few);
  for (let g = last; g > 0; g--) {
    const { weights, transposed, gradients, gradientPanels } = plan.link(g);
    const output = plan.link(g - 1).gradients;
    const [inputs, units] = [links[g].inputs, widths[g]];
    yield* packRight(runtime, { b: gradients, n: units, k: rows }, gradientPanels);
    yield* productInPieces(runtime, {
      ...{ a: gradients, b: weights, packed: transposed, output, transposeB: true },
      ...{ m: rows, n: inputs, k: units },
    });
    runtime.run(dense, "backThroughActivation", [at, rows, g - 1], few);
  }
}
