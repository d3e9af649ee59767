// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import { multiplyAdd } from "../shared/vector.ts";
import { argument } from "../shared/job.ts";
import {
  field, FIRST_LAYER, GRADIENT, IN, INPUTS, LAYER_BYTES, LAYER_COUNT, LAYER_ROWS, LAYER_VECTORS, LAYERS, link, LINK_COUNT, MEANS, OUT,
  OUT_VECTORS, PANELS, PARAMETERS, PARTIAL_AT, PARTIAL_BYTES, PARTIALS, SECOND_TRANSPOSED, SQUARES, IN_VECTORS, TRANSPOSED, WEIGHTS, ZEROS,
} from "./plan.ts";
import { WIDEST_FOUR } from "../generated/dense_tiles.ts";
import { denseRow, packPanels, tileWidth } from "./row.ts";

/** Index of the first argument of Adam: step, 1/√(1−β2ᵗ), ε, β1, β2, weight decay. */
export const ADAM: i32 = 5;

/**
 * Applies Adam to `bytes` of parameters as PyTorch does: p −= step · m / (√v / √(1−β2ᵗ) + ε), with
 * weight decay added to the gradient. Means below the least normal number become 0: where gradients have
 * become 0, means stop short of it, at numbers that each take a processor as long as a hundred others.
 */
export function adam(p: usize, m: usize, v: usize, g: usize, bytes: usize, args: usize): void {
  const step = f32x4.splat(argument<f32>(args, ADAM));
  const correction = f32x4.splat(argument<f32>(args, ADAM + 1));
  const epsilon = f32x4.splat(argument<f32>(args, ADAM + 2));
  const beta1 = f32x4.splat(argument<f32>(args, ADAM + 3));
  const beta2 = f32x4.splat(argument<f32>(args, ADAM + 4));
  const rest1 = f32x4.splat(<f32> (1 - argument<f64>(args, ADAM + 3)));
  const rest2 = f32x4.splat(<f32> (1 - argument<f64>(args, ADAM + 4)));
  const decay = f32x4.splat(argument<f32>(args, ADAM + 5));
  const least = f32x4.splat(f32.MIN_NORMAL_VALUE);
  for (let at: usize = 0; at < bytes; at += 16) {
    const weight = v128.load(p + at);
    const gradient = multiplyAdd(decay, weight, v128.load(g + at));
    const average = multiplyAdd(rest1, gradient, f32x4.mul(beta1, v128.load(m + at)));
    const mean = v128.and(average, f32x4.ge(f32x4.abs(average), least));
    const square = multiplyAdd(rest2, f32x4.mul(gradient, gradient), f32x4.mul(beta2, v128.load(v + at)));
    const root = multiplyAdd(f32x4.sqrt(square), correction, epsilon);
    v128.store(m + at, mean);
    v128.store(v + at, square);
    v128.store(p + at, f32x4.sub(weight, f32x4.div(f32x4.mul(step, mean), root)));
  }
}

/** Adds the shares of all blocks in a link's gradient, in the order of the blocks. */
export function addPartials(plan: usize, here: usize, first: usize, bytes: usize, blocks: i32): void {
  const apart = field(plan, PARTIAL_BYTES);
  const from = field(plan, PARTIALS) + field(here, PARTIAL_AT) + first;
  const out = field(here, GRADIENT) + first;
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = v128.load(from + at);
    for (let block = 1; block < blocks; block++) {
      sum = f32x4.add(sum, v128.load(from + <usize> block * apart + at));
    }
    v128.store(out + at, sum);
  }
}

/** Updates everything except the first layer's kernel: its bias, and all later layers. */
export function updateLater(plan: usize, args: usize, blocks: i32): void {
  const first = link(plan, 0);
  const stride = field(first, OUT_VECTORS) << 4;
  const bias = field(plan, INPUTS) * stride;
  // The first link's share of a block holds the gradient of the bias alone.
  addPartials(plan, first, 0, stride, blocks);
  const layer = field(plan, LAYERS);
  adam(field(layer, PARAMETERS) + bias, field(layer, MEANS) + bias, field(layer, SQUARES) + bias, field(first, GRADIENT), stride, args);
  const links = <i32> field(plan, LINK_COUNT);
  for (let g = 1; g < links; g++) {
    const here = link(plan, g);
    const bytes = (field(here, IN) + 1) * (field(here, OUT_VECTORS) << 4);
    addPartials(plan, here, 0, bytes, blocks);
    const one = field(plan, LAYERS) + field(here, FIRST_LAYER) * LAYER_BYTES;
    if (field(here, LAYER_COUNT) == 2) updatePair(plan, here, one, args);
    else updateLayer(one, field(here, GRADIENT), args);
  }
  prepareLinks(plan);
}

function updateLayer(layer: usize, gradient: usize, args: usize): void {
  const bytes = field(layer, LAYER_ROWS) * (field(layer, LAYER_VECTORS) << 4);
  adam(field(layer, PARAMETERS), field(layer, MEANS), field(layer, SQUARES), gradient, bytes, args);
}

/**
 * Updates two layers folded into W = W1 W2: from the gradient G of W, that of W1 is G W2ᵀ and that
 * of W2 is W1ᵀ G, biases being the last row of each. They are stored behind G.
 */
function updatePair(plan: usize, here: usize, one: usize, args: usize): void {
  const two = one + LAYER_BYTES;
  const inputs = <i32> field(here, IN) + 1;
  const outputs = <i32> field(here, OUT);
  const middle = <i32> field(two, LAYER_ROWS) - 1;
  const middleVectors = <i32> field(one, LAYER_VECTORS);
  const vectors = <i32> field(here, OUT_VECTORS);
  const stride = <u32> vectors << 4;
  const middleStride = <u32> middleVectors << 4;
  const zeros = field(plan, ZEROS);
  const g = field(here, GRADIENT);
  const g1 = g + <usize> inputs * stride;
  const g2 = g1 + <usize> inputs * middleStride;
  const transposed = field(here, SECOND_TRANSPOSED);
  for (let i = 0; i < inputs; i++) {
    denseRow(middleVectors, g1 + <usize> i * middleStride, zeros, transposed, middleStride, g + <usize> i * stride, 4, outputs);
  }
  const w1 = field(one, PARAMETERS);
  for (let k = 0; k < middle; k++) {
    denseRow(vectors, g2 + <usize> k * stride, zeros, g, stride, w1 + (<usize> k << 2), middleStride, inputs);
  }
  memory.copy(g2 + <usize> middle * stride, g + <usize> (inputs - 1) * stride, stride);
  updateLayer(one, g1, args);
  updateLayer(two, g2, args);
}

/** Folds the layers of links, and packs the weights as rows that go forward and back read them. */
export function prepareLinks(plan: usize): void {
  const links = <i32> field(plan, LINK_COUNT);
  for (let g = 0; g < links; g++) {
    const here = link(plan, g);
    const one = field(plan, LAYERS) + field(here, FIRST_LAYER) * LAYER_BYTES;
    if (field(here, LAYER_COUNT) == 2) fold(plan, here, one);
    const w = field(here, WEIGHTS);
    const vectors = <i32> field(here, OUT_VECTORS);
    const inputs = <i32> field(here, IN);
    if (field(here, PANELS)) packPanels(w, vectors, WIDEST_FOUR, inputs, field(here, PANELS), inputs, 0);
    if (field(here, TRANSPOSED)) packTransposed(w, vectors, <i32> field(here, IN_VECTORS), <i32> field(here, OUT), field(here, TRANSPOSED), inputs);
  }
}

/** Copies the transpose of weights into panels, as {@link packPanels} does; their padding stays as it is. */
function packTransposed(w: usize, vectors: i32, inVectors: i32, outputs: i32, panels: usize, inputs: i32): void {
  const stride = <usize> vectors << 4;
  for (let done = 0; done < inVectors;) {
    const width = tileWidth(inVectors, done, WIDEST_FOUR);
    const first = done << 2;
    const columns = min(width << 2, inputs - first);
    for (let j = 0; j < outputs; j++, panels += <usize> width << 4) {
      let from = w + <usize> first * stride + (<usize> j << 2);
      for (let i = 0; i < columns; i++, from += stride) store<f32>(panels + (<usize> i << 2), load<f32>(from));
    }
    done += width;
  }
}

/** Computes W = W1 W2; the second layer's bias is added to the last row, the bias. */
function fold(plan: usize, here: usize, one: usize): void {
  const two = one + LAYER_BYTES;
  const inputs = <i32> field(here, IN);
  const middle = <i32> field(two, LAYER_ROWS) - 1;
  const vectors = <i32> field(here, OUT_VECTORS);
  const stride = <u32> vectors << 4;
  const middleStride = <u32> field(one, LAYER_VECTORS) << 4;
  const w1 = field(one, PARAMETERS);
  const w2 = field(two, PARAMETERS);
  const out = field(here, WEIGHTS);
  for (let i = 0; i <= inputs; i++) {
    const init = i < inputs ? field(plan, ZEROS) : w2 + <usize> middle * stride;
    denseRow(vectors, out + <usize> i * stride, init, w2, stride, w1 + <usize> i * middleStride, 4, middle);
  }
  transpose(w2, stride, field(here, SECOND_TRANSPOSED), middleStride, middle, field(here, OUT));
}

function transpose(from: usize, stride: usize, to: usize, toStride: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < columns; j++) {
      store<f32>(to + j * toStride + (i << 2), load<f32>(from + i * stride + (j << 2)));
    }
  }
}
