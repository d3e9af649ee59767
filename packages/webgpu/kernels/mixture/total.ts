import { mainOf } from "../wgsl.ts";

/** Threads of a workgroup, each with a vector of the sums. */
export const TOTAL_THREADS = 64;

/** WGSL that adds up what workgroups left, in their order. */
export const mixtureTotal = `
struct Frame { workers: u32, vectors: u32, to: u32, spare: u32 }
@group(0) @binding(0) var<storage, read> found: array<vec4<f64>>;
@group(0) @binding(1) var<storage, read_write> total: array<vec4<f64>>;
@group(0) @binding(2) var<uniform> frame: Frame;

${mainOf(TOTAL_THREADS)} {
  let at = (group.y * groups.x + group.x) * ${TOTAL_THREADS}u + t;
  if (at >= frame.vectors) { return; }
  var sum = vec4<f64>();
  for (var worker = 0u; worker < frame.workers; worker++) {
    sum += found[worker * frame.vectors + at];
  }
  total[frame.to + at] = sum;
}`;
