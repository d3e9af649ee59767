import { denseFrames, type QuadStorage, quadType, THREADS } from "./dense_frame.ts";
import { mainOf } from "./wgsl.ts";

/**
 * Quads that a thread copies, so that it does not only find its row; more where a row has more than
 * workgroups can be counted.
 */
const QUADS_PER_THREAD = 4;

/** Returns the number of workgroups for rows of some quads; beside each other, one row after the next. */
export function gatherGroups(quads: number, rows: number): [x: number, y: number] {
  return [Math.min(65535, Math.ceil(quads / (QUADS_PER_THREAD * THREADS))), rows];
}

/** WGSL that copies the rows of a batch that lie in one part of the data. */
export function denseGather(storage: QuadStorage): string {
  return `${denseFrames}
struct Part {
  first: u32, // first row of this part of the data
  count: u32, // its rows
  quads: u32, // quads of a row
  spare: u32,
}
@group(0) @binding(0) var<storage, read> data: array<${quadType[storage]}>;
@group(0) @binding(1) var<storage, read> batch: array<u32>;
@group(0) @binding(2) var<storage, read_write> x: array<${quadType[storage]}>;
@group(0) @binding(3) var<uniform> part: Part;
@group(0) @binding(4) var<uniform> chunk: Step;

${mainOf(THREADS)} {
  let i = group.y;
  let row = batch[chunk.offset + i] - part.first; // wraps around for rows before the part
  if (row >= part.count) { return; }
  for (var q = group.x * ${THREADS}u + t; q < part.quads; q += groups.x * ${THREADS}u) {
    x[i * part.quads + q] = data[row * part.quads + q];
  }
}`;
}
