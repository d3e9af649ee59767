import type { NeighborAttributes } from "@mixtape/operations";
import { buildInRegions, type Regions } from "../../memory/regions.ts";
import { neighbors } from "../../module/neighbors.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { shapeOf } from "./shape_of_points.ts";

/** Points of a panel, as in kernels/neighbors/pack_points.ts, and of two, whose scores are looked at together. */
const PANEL = 8;
const TWO_PANELS = 16;
/** Bytes of the units and terms of a panel. */
const PANEL_END = 64;
/** Panels that a thread packs at a time. */
const BLOCK_PANELS = 32;

/** Factors of points in panels, see kernels/shared/quantise.ts. */
export interface PackedPoints {
  /** Address of the panels. */
  readonly panels: number;
  /** Address of the centre. */
  readonly centre: number;
  /** Number of columns of a factor that are multiplied. */
  readonly columns: number;
  /** Number of these that are kept as float32. */
  readonly floats: number;
  /** Length of a query's counted columns that the terms of points allow for. */
  readonly allowed: number;
  /** Largest distance of a point to what its integers stand for. */
  readonly error: number;
  /** Largest length of the columns that are counted. */
  readonly counted: number;
  /** Largest distance of a point to the centre. */
  readonly length: number;
  /** Largest length of the coordinates of a point that its factor leaves out. */
  readonly leftOut: number;
}

/** Returns a number of points in pairs of panels, for so many points. */
export function inPanels(points: number): number {
  return Math.ceil(points / TWO_PANELS) * TWO_PANELS;
}

/** Returns a number of integers in whole vectors, for so many. */
export function inVectors(integers: number): number {
  return Math.ceil(integers / 16) * 16;
}

/** Packs points in regions. */
export function packPoints(
  runtime: SimdRuntime,
  regions: Regions,
  { pointFactor, points, dimensions, width }: NeighborAttributes,
): PackedPoints {
  const { memory } = runtime;
  const n = points.length / dimensions;
  // Where no coordinate is left out, the length of the others is 0.
  const columns = Math.min(width - 1, dimensions);
  const { mean, floats, counted: allowed } = shapeOf(pointFactor, n, width, columns);
  const integers = inVectors(columns - floats);
  const count = inPanels(n) / PANEL;
  const panels = regions.allocate(count * (PANEL * (integers + 4 * floats) + PANEL_END));
  const centre = regions.zeros(4 * (floats + integers));
  memory.float32(centre, columns).set(mean);
  const blocks = Math.ceil(count / BLOCK_PANELS);
  const scratchBytes = PANEL * (5 * integers + 4 * floats);
  const most = buildInRegions(memory, (scratch) => {
    const factor = scratch.allocate(4 * n * width);
    memory.float32(factor, n * width).set(pointFactor.subarray(0, n * width));
    const most = scratch.allocate(12 * blocks);
    runtime.run(neighbors, "packPoints", [
      ...[factor, centre, width, columns, floats, n, panels, count, allowed, most, BLOCK_PANELS],
      ...[scratch.allocate(scratchBytes * runtime.threads), scratchBytes],
    ], blocks);
    const found = memory.float32(most, 3 * blocks).slice();
    scratch[Symbol.dispose]();
    return found;
  });
  const [error, counted, square] = [0, 1, 2].map((kind) =>
    most.reduce((largest, value, i) => i % 3 === kind ? Math.max(largest, value) : largest, 0)
  );
  let leftOut = 0;
  for (let i = 0; i < n; i++) leftOut = Math.max(leftOut, pointFactor[(i + 1) * width - 2]);
  const length = Math.sqrt(square);
  return { panels, centre, columns, floats, allowed, error, counted, length, leftOut };
}
