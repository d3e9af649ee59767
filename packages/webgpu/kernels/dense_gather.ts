import { denseFrames, type QuadStorage, quadType, THREADS } from "./dense_frame.ts";
import { mainOf } from "./wgsl.ts";

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
  let at = (group.y * groups.x + group.x) * ${THREADS}u + t;
  let i = at / part.quads;
  if (i >= chunk.rows) { return; }
  let row = batch[chunk.offset + i] - part.first; // wraps around for rows before the part
  if (row < part.count) { x[at] = data[row * part.quads + at % part.quads]; }
}`;
}
