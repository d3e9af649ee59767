import { dense } from "../../module/dense.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { packRight, productInPieces, TILE_COLUMNS } from "../product.ts";
import { type Link, vectorsOf } from "./network.ts";
import { biasAt, type DensePlan } from "./plan.ts";

/** Number of weights of a later layer from which whole products pay: those of few are done sooner than threads are told. */
const WIDE = 2 ** 16;
/** Rows and vectors of the widest tile of the first layer, as in the kernel; rows of a block of anything else but products. */
const ROWS = 256;
const TILE = 13;
const FEW_ROWS = 8;
/** The activation that products apply themselves, which has this number there too. */
const RELU = 1;
/**
 * Panels, or rows, of weights in a block of an update, rows of a tile, rows of the batch that it multiplies at a
 * time, and most outputs that it keeps packed, as in the kernel.
 */
const TOGETHER = 4;
const WEIGHT_ROWS = 40;
const TILE_ROWS = 5;
const DEPTH = 1024;
const PACKED = 2 ** 18;

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
  const rows = links.slice(1).map(({ inputs, units }) =>
    Math.max(TOGETHER * wholeTiles(inputs), WEIGHT_ROWS * panelsOf(units))
  );
  return 4 * (PACKED + Math.max(...rows) * TILE_COLUMNS);
}

/** Returns the number of blocks of weights of later layers in an update with a batch of some rows. */
export function wideUpdateBlocks(links: readonly Link[], rows: number): number {
  return links.slice(1).reduce((sum, { inputs, units }) => {
    const isKept = rows <= DEPTH && wholeTiles(inputs) * 4 * vectorsOf(rows) <= PACKED;
    return sum + Math.ceil(isKept ? panelsOf(units) / TOGETHER : inputs / WEIGHT_ROWS);
  }, 1);
}

function panelsOf(units: number): number {
  return Math.ceil(units / TILE_COLUMNS);
}

function wholeTiles(rows: number): number {
  return Math.ceil(rows / TILE_ROWS) * TILE_ROWS;
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
    const { weights, outputs } = plan.link(g);
    const [m, n, k] = [rows, widths[g], links[g].inputs];
    const activation = g > 0 && links[g].activation === RELU ? RELU : 0;
    if (g > 0) {
      const [a, bias] = [plan.link(g - 1).outputs, weights + 4 * biasAt(links[g], TILE_COLUMNS)];
      const task = { a, b: weights, packed: weights, output: outputs, bias, activation, m, n, k };
      yield* productInPieces(runtime, task);
    }
    if (links[g].activation !== activation) runtime.run(dense, "activate", [at, rows, g], few);
  }
  runtime.run(dense, "lossRows", [at, rows, labelSmoothing, 1 / rows], few);
  for (let g = last; g > 0; g--) {
    const { weights, gradients, gradientPanels } = plan.link(g);
    const output = plan.link(g - 1).gradients;
    const [inputs, units] = [links[g].inputs, widths[g]];
    yield* packRight(runtime, { b: gradients, n: units, k: rows }, gradientPanels);
    yield* productInPieces(runtime, {
      ...{ a: gradients, b: weights, turned: true, output },
      ...{ m: rows, n: inputs, k: units },
    });
    runtime.run(dense, "backThroughActivation", [at, rows, g - 1], few);
  }
}
