import type { Activation } from "@mixtape/operations";
import { denseFrames, numbersOf, type QuadStorage, quadType, THREADS } from "./dense_frame.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/** WGSL of `activated`, and of `slopes`, the slope of the activation at `sums`, and `sigmoid`. */
const functions: Readonly<Record<Activation, string>> = {
  linear: "activated = sums; slopes = vec4<f32>(1.0);",
  relu: `activated = max(sums, vec4<f32>());
  slopes = select(vec4<f32>(), vec4<f32>(1.0), sums > vec4<f32>());`,
  silu: `let small = exp(-abs(sums)); // of the larger of both, exp would overflow
  let sigmoid = select(small, vec4<f32>(1.0), sums > vec4<f32>()) / (1.0 + small);
  activated = sums * sigmoid;
  slopes = sigmoid * (1.0 + sums * (1.0 - sigmoid));`,
};

/** Variant of the kernel of {@linkcode denseForward}. */
export interface ForwardKernel {
  /** Storage of the input. */
  readonly input: QuadStorage;
  /** The activation. */
  readonly activation: Activation;
  /** True to keep the slopes of the activation too. */
  readonly isTraining: boolean;
  /** Rows of a thread: a weight is read once for all of them. */
  readonly rowsPerThread: number;
  /** Quads of the output that a thread computes. */
  readonly tile: number;
}

/** WGSL that computes the outputs of a layer, activation(x·kernel + bias). */
export function denseForward(
  { input, activation, isTraining, rowsPerThread, tile }: ForwardKernel,
): string {
  const rows = (code: (r: number) => string) => unrolled(rowsPerThread, code);
  const quads = (code: (u: number) => string) => unrolled(tile, code);
  const products = ["x", "y", "z", "w"].map((part, c) =>
    quads((u) =>
      `weights = w[at + ${c}u * layer.quads + column${u}];
    ${rows((r) => `sum${r}_${u} += x${r}.${part} * weights;`)}`
    )
  );
  return `${denseFrames}
@group(0) @binding(0) var<storage, read> x: array<${quadType[input]}>;
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> outputs: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> layer: Layer;
@group(0) @binding(4) var<uniform> chunk: Step;
${isTraining ? "@group(0) @binding(5) var<storage, read_write> slopesOf: array<vec4<f32>>;" : ""}

fn finish(row: u32, column: u32, sums: vec4<f32>) {
  if (row >= chunk.rows || column >= layer.quads) { return; }
  let at = row * layer.outputQuads + layer.first + column;
  if (layer.isLast == 0u) { outputs[at] = sums; return; }
  var activated = vec4<f32>();
  var slopes = vec4<f32>();
  ${functions[activation]}
  outputs[at] = activated;
  ${isTraining ? "slopesOf[at] = slopes;" : ""}
}

${mainOf(THREADS)} {
  let row = group.y * ${rowsPerThread * THREADS}u + t;
  if (row >= chunk.rows) { return; }
  let column = group.x * ${tile}u;
  let bias = layer.inputs * layer.quads;
  ${quads((u) => `let column${u} = min(column + ${u}u, layer.quads - 1u);`)}
  ${
    rows((r) =>
      `let row${r} = min(row + ${r * THREADS}u, chunk.rows - 1u);
  let start${r} = row${r} * layer.inputQuads;`
    )
  }
  ${quads((u) => rows((r) => `var sum${r}_${u} = w[bias + column${u}];`))}
  if (layer.isFirst == 0u) {
    ${
    quads((u) =>
      rows((r) => `sum${r}_${u} = outputs[row${r} * layer.outputQuads + layer.first + column${u}];`)
    )
  }
  }
  for (var q = layer.begin; q < layer.end; q++) {
    let at = q * 4u * layer.quads;
    var weights = vec4<f32>();
    ${rows((r) => `let x${r} = layer.scale * ${numbersOf(input, `x[start${r} + q]`)};`)}
    ${products.join("\n")}
  }
  ${quads((u) => rows((r) => `finish(row + ${r * THREADS}u, column + ${u}u, sum${r}_${u});`))}
}`;
}
