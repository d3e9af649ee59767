import { denseFrames, numbersOf, type QuadStorage, quadType } from "./dense_frame.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/** Quads of inputs side by side in a workgroup. */
export const LANES = 32;

/** Parts of the rows that a workgroup adds up at the same time. */
const SLICES = 8;

/** Variant of the kernel of {@linkcode denseUpdate}. */
export interface UpdateKernel {
  /** Storage of the input. */
  readonly input: QuadStorage;
  /** Quads of inputs of a thread. */
  readonly inputTile: number;
  /** Quads of units of a thread. */
  readonly tile: number;
  /** True if batches may have several chunks, whose gradients are added up first. */
  readonly isChunked: boolean;
}

/**
 * WGSL that adds up the gradient of a layer's parameters, inputᵀ·delta, over the rows, and takes a
 * step of Adam (Kingma & Ba 2015, with weight decay added to the gradient, as PyTorch does). Each
 * slice adds up every eighth row; slices are added up in order.
 */
export function denseUpdate({ input, inputTile, tile, isChunked }: UpdateKernel): string {
  const inputs = (code: (i: number) => string) => unrolled(inputTile, code);
  const units = (code: (u: number) => string) => unrolled(tile, code);
  const parts = ["x", "y", "z", "w"];
  const each = (code: (i: number, u: number, part: string, c: number) => string) =>
    inputs((i) => units((u) => parts.map((part, c) => code(i, u, part, c)).join("\n")));
  const frames = isChunked ? 6 : 5;
  return `${denseFrames}
@group(0) @binding(0) var<storage, read> x: array<${quadType[input]}>;
@group(0) @binding(1) var<storage, read> delta: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> w: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> means: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> squares: array<vec4<f32>>;
${isChunked ? "@group(0) @binding(5) var<storage, read_write> kept: array<vec4<f32>>;" : ""}
@group(0) @binding(${frames}) var<uniform> layer: Layer;
@group(0) @binding(${frames + 1}) var<uniform> chunk: Step;
var<workgroup> shares: array<vec4<f32>, ${SLICES * LANES * 4}>;

fn update(row: u32, column: u32, sum: vec4<f32>) {
  if (row > layer.inputs || column >= layer.quads) { return; }
  let at = row * layer.quads + column;
  var gradient = sum;
  ${
    isChunked
      ? `if (chunk.isFirst == 0u) { gradient += kept[at]; }
  if (chunk.isLast == 0u) { kept[at] = gradient; return; }`
      : ""
  }
  let weight = w[at];
  gradient += chunk.decay * weight;
  let mean = chunk.beta1 * means[at] + chunk.rest1 * gradient;
  let square = chunk.beta2 * squares[at] + chunk.rest2 * gradient * gradient;
  means[at] = mean;
  squares[at] = square;
  w[at] = weight - chunk.rate * mean / (sqrt(square) * chunk.correction + chunk.epsilon);
}

/** Adds up the shares of all slices; a slice does so for one of four rows of parameters. */
fn combine(lane: u32, slice: u32, quad: u32, column: u32) {
  workgroupBarrier();
  if (slice < 4u) {
    var sum = vec4<f32>();
    for (var s = 0u; s < ${SLICES}u; s++) { sum += shares[(s * 4u + slice) * ${LANES}u + lane]; }
    update(4u * quad + slice, column, sum);
  }
  workgroupBarrier();
}

${mainOf(LANES * SLICES)} {
  let lane = t % ${LANES}u;
  let slice = t / ${LANES}u;
  // Quads of a thread lie apart, so that threads side by side read what lies side by side.
  let spread = (layer.inputs / 4u + ${inputTile}u) / ${inputTile}u;
  let first = group.x * ${LANES}u + lane;
  // A thread beyond the last quad has nothing to add up.
  let rows = select(0u, chunk.rows, first < spread);
  let column = group.y * ${tile}u;
  ${units((u) => `let column${u} = layer.first + min(column + ${u}u, layer.quads - 1u);`)}
  ${
    inputs((i) =>
      `let quad${i} = select(layer.inputQuads + 1u, first + ${i}u * spread, first < spread);
  let from${i} = min(quad${i}, layer.inputQuads - 1u);
  let factor${i} = select(0.0, layer.scale, quad${i} < layer.inputQuads);
  // The input that biases are the weights of.
  let one${i} = select(vec4<f32>(), vec4<f32>(1.0),
    vec4<u32>(0u, 1u, 2u, 3u) + 4u * quad${i} == vec4<u32>(layer.inputs));`
    )
  }
  ${each((i, u, _, c) => `var sum${i}_${u}_${c} = vec4<f32>();`)}
  for (var row = slice; row < rows; row += ${SLICES}u) {
    let start = row * layer.inputQuads;
    let at = row * layer.outputQuads;
    ${units((u) => `let delta${u} = delta[at + column${u}];`)}
    ${
    inputs((i) => `let x${i} = factor${i} * ${numbersOf(input, `x[start + from${i}]`)} + one${i};`)
  }
    ${each((i, u, part, c) => `sum${i}_${u}_${c} += x${i}.${part} * delta${u};`)}
  }
  ${
    inputs((i) =>
      units((u) =>
        `${
          parts.map((_, c) =>
            `shares[(slice * 4u + ${c}u) * ${LANES}u + lane] = sum${i}_${u}_${c};`
          ).join("\n")
        }
  combine(lane, slice, quad${i}, column + ${u}u);`
      )
    )
  }
}`;
}
