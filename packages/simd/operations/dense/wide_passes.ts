import { dense } from "../../module/dense.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { productInPieces } from "../product.ts";
import { type Link, vectorsOf } from "./network.ts";
import type { DensePlan } from "./plan.ts";

/** Number of weights of a later layer from which whole products pay: those of few are done sooner than threads are told. */
const WIDE = 2 ** 16;
/** Rows and vectors of the widest tile of the first layer, as in the kernel; rows of a block of anything else but products. */
const ROWS = 256;
const TILE = 13;
const FEW_ROWS = 8;
/** Rows of weights in a block of an update, as in the kernel. */
const WEIGHT_ROWS = 32;

/**
 * Returns true if a network is trained by products of whole matrices: one of its later layers is
 * wide, and none has an input that is padded, or is folded into another one.
 */
export function isWide(links: readonly Link[]): boolean {
  const later = links.slice(1);
  return later.some(({ inputs, units }) => inputs * units >= WIDE) &&
    later.every(({ inputs, layers }) => inputs % 4 === 0 && layers.length === 1);
}

/** Returns the bytes of scratch per thread for a tile of the first layer's weights. */
export function tileBytes([{ inputs, units }]: readonly Link[]): number {
  return 16 * inputs * Math.min(vectorsOf(units), TILE);
}

/** Returns the number of blocks of rows of weights in an update of a network with wide layers. */
export function wideUpdateBlocks(links: readonly Link[]): number {
  const later = links.slice(1);
  return later.reduce((sum, { inputs }) => sum + Math.ceil((inputs + 1) / WEIGHT_ROWS), 1);
}

/**
 * Takes the rows of a batch forward and back: leaves their losses, the gradients of the weights of later
 * layers, and those of the sums of each layer.
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
    const { weights, outputs } = plan.link(g);
    const [m, n, k] = [rows, widths[g], links[g].inputs];
    if (g > 0) {
      const [a, bias] = [plan.link(g - 1).outputs, weights + 4 * k * n];
      yield* productInPieces(runtime, { a, b: weights, output: outputs, bias, m, n, k });
    }
    runtime.run(dense, "activate", [at, rows, g], few);
  }
  runtime.run(dense, "lossRows", [at, rows, labelSmoothing, 1 / rows], few);
  for (let g = last; g > 0; g--) {
    const { weights, gradient, gradients } = plan.link(g);
    const before = plan.link(g - 1);
    const [inputs, units] = [links[g].inputs, widths[g]];
    yield* productInPieces(runtime, {
      ...{ a: before.outputs, b: gradients, output: gradient, transposeA: true },
      ...{ m: inputs, n: units, k: rows },
    });
    yield* productInPieces(runtime, {
      ...{ a: gradients, b: weights, output: before.gradients, transposeB: true },
      ...{ m: rows, n: inputs, k: units },
    });
    runtime.run(dense, "backThroughActivation", [at, rows, g - 1], few);
  }
}
