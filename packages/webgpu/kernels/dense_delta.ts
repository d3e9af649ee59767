import { denseFrames, THREADS } from "./dense_frame.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/**
 * WGSL that takes the gradient of the loss from the sums of a layer back to those of the layer
 * before: delta·kernelᵀ, times the slopes of the activation between.
 *
 * @param rowsPerThread Rows of a thread: a weight is read once for all of them.
 */
export function denseDelta(rowsPerThread: number): string {
  const rows = (code: (r: number) => string) => unrolled(rowsPerThread, code);
  return `${denseFrames}
@group(0) @binding(0) var<storage, read> delta: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> slopes: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> before: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> layer: Layer;
@group(0) @binding(5) var<uniform> chunk: Step;

fn finish(row: u32, quad: u32, sums: vec4<f32>) {
  if (row >= chunk.rows) { return; }
  let at = row * layer.inputQuads + quad;
  var all = sums;
  if (layer.isFirst == 0u) { all += before[at]; }
  if (layer.isLast == 1u) { all *= slopes[at]; }
  let inputs = vec4<u32>(0u, 1u, 2u, 3u) + 4u * quad < vec4<u32>(layer.inputs);
  before[at] = select(vec4<f32>(), all, inputs);
}

${mainOf(THREADS)} {
  let row = group.y * ${rowsPerThread * THREADS}u + t;
  if (row >= chunk.rows) { return; }
  ${
    rows((r) =>
      `let start${r} = min(row + ${
        r * THREADS
      }u, chunk.rows - 1u) * layer.outputQuads + layer.first;
  var sum${r} = vec4<f32>();`
    )
  }
  let at = group.x * 4u * layer.quads;
  for (var q = 0u; q < layer.quads; q++) {
    // Four rows of the kernel; what rows beyond the last input give is left out.
    let weights = transpose(mat4x4<f32>(
      w[at + q],
      w[at + layer.quads + q],
      w[at + 2u * layer.quads + q],
      w[at + 3u * layer.quads + q],
    ));
    ${rows((r) => `sum${r} += weights * delta[start${r} + q];`)}
  }
  ${rows((r) => `finish(row + ${r * THREADS}u, group.x, sum${r});`)}
}`;
}
