import { type Gpu, grid, type Kernel, powerOfTwoFrom } from "../../gpu.ts";
import { lloydAssign } from "../../kernels/lloyd_assign.ts";
import { decideThreads, lloydDecide } from "../../kernels/lloyd_decide.ts";
import { lloydMeans } from "../../kernels/lloyd_means.ts";
import { heldClusters, lloydMove, MOVE_THREADS } from "../../kernels/lloyd_move.ts";
import type { LloydSums } from "../../kernels/lloyd_sums.ts";
import { BLOCK, BLOCKS } from "../../kernels/rows.ts";
import { MOST_TURNS } from "../../kernels/wgsl.ts";
import type { RowPart, RowStore } from "../row_store.ts";
import type { LloydFrames } from "./lloyd_frames.ts";
import type { LloydLayout } from "./lloyd_layout.ts";
import { decideTurns } from "./turns.ts";

/** Rows that a workgroup scores. */
export const SCORED = BLOCK * BLOCKS;
/** Workgroups that divide the rows that moved, or are contested, among them. */
const GROUPS = 128;

/** Rows of a part and what belongs to them. */
export interface LloydPart extends RowPart {
  /** Labels after each step of a batch, and those before it. */
  readonly labels: GPUBuffer;
  readonly moved: GPUBuffer;
  readonly contested: GPUBuffer;
  readonly undecided: GPUBuffer;
  /** Rows that changed cluster and their new labels, of all steps of a batch, as far as there is room. */
  readonly changes: GPUBuffer;
  readonly weights: GPUBuffer | undefined;
  /** Kept of each row from one pass of scores to the next, if there are several. */
  readonly found: GPUBuffer | undefined;
}

/** Centroids and what belongs to them, or to a batch. */
export interface LloydPoints {
  /** The centroids in float32, tile by tile. */
  readonly c: GPUBuffer;
  /** Their squared lengths. */
  readonly lengths: GPUBuffer;
  /** The centroids in fixed point. */
  readonly fixed: GPUBuffer;
  /** Sums and counts of the clusters. */
  readonly sums: GPUBuffer;
  /** Those after each step of a batch. */
  readonly history: GPUBuffer;
  /** For each step if it is left out, and its counters. */
  readonly state: GPUBuffer;
}

/** Everything that the kernels of a step are bound to. */
export interface LloydBindings {
  readonly store: RowStore;
  readonly layout: LloydLayout;
  readonly frames: LloydFrames;
  readonly parts: readonly LloydPart[];
  readonly points: LloydPoints;
}

/** A dispatch of a step. */
export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [x: number, y: number];
}

/** Binds the kernels of each step of a batch. */
export function dispatchesOf(
  gpu: Gpu,
  { store: { storage }, layout, frames, parts, points }: LloydBindings,
): Dispatch[][] {
  const { d, k, steps, sums, tile, tiles, tilesPerPass } = layout;
  const { c, lengths, fixed, history, state } = points;
  const passes = Math.ceil(tiles / tilesPerPass);
  const assign = gpu.kernel(lloydAssign(storage, tile, passes > 1), [
    ...["read", "read", "read", "write", "write", "write", "write", "uniform"] as const,
    ...passes > 1 ? ["write" as const] : [],
  ]);
  const moving = sums && moveKernels(gpu, sums, k);
  return Array.from({ length: steps }, (_, step) => {
    const dispatches: Dispatch[] = [];
    const add = (
      kernel: Kernel,
      [own, frame, after]: [own: GPUBuffer[], frame: GPUBufferBinding, after?: GPUBuffer],
      groups: [number, number],
    ) => {
      const bindings = gpu.bind(kernel, [...own, frame, ...after ? [after] : []]);
      dispatches.push({ pipeline: kernel.pipeline, bindings, groups });
    };
    for (const [index, part] of parts.entries()) {
      const { buffer: x, rows, labels, moved, contested, undecided, changes } = part;
      const frame = frames.of(step, index);
      const scored = [x, c, lengths, labels, moved, contested, state];
      for (let pass = 0; pass < passes; pass++) {
        const own = frames.of(step, index, pass);
        add(assign, [scored, own, part.found], grid(Math.ceil(rows / SCORED)));
      }
      if (!moving) continue;
      const decided = [x, fixed, labels, moved, contested, undecided, state];
      const deciding = Math.ceil(rows * decideTurns(d, k) / MOST_TURNS);
      add(moving.decide, [decided, frame], grid(Math.max(GROUPS, deciding)));
      const groups = Math.max(GROUPS, Math.ceil(2 * rows / MOST_TURNS));
      const columns = Math.ceil(d / (4 * MOVE_THREADS));
      const summed = [x, labels, moved, points.sums, state, changes];
      add(moving.move, [summed, frame, part.weights], [groups, columns]);
    }
    if (moving) {
      const moved = [points.sums, history, c, lengths, fixed, state];
      add(moving.means, [moved, frames.of(step, 0)], grid(k));
    }
    return dispatches;
  });
}

function moveKernels(
  gpu: Gpu,
  sums: LloydSums,
  k: number,
): Record<"decide" | "move" | "means", Kernel> {
  const held = heldClusters(sums, gpu.device.limits.maxComputeWorkgroupStorageSize);
  return {
    decide: gpu.kernel(lloydDecide(sums.storage, decideThreads(k)), [
      ...["read", "read", "write", "write", "read", "write", "write", "uniform"] as const,
    ]),
    move: gpu.kernel(lloydMove(sums, k <= held ? Math.min(held, powerOfTwoFrom(k)) : 0), [
      ...["read", "read", "read", "write", "write", "write", "uniform"] as const,
      ...sums.isWeighted ? ["read" as const] : [],
    ]),
    means: gpu.kernel(lloydMeans(sums), [
      ...["write", "write", "write", "write", "write", "write", "uniform"] as const,
    ]),
  };
}
