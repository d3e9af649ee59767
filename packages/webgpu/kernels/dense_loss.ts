import { denseFrames, THREADS } from "./dense_frame.ts";
import { mainOf } from "./wgsl.ts";

/** Turns of a thread's loops per class. */
export const LOSS_TURNS = 3;

/**
 * WGSL that computes the cross-entropy of logits, added up per workgroup, and its gradient. The
 * largest logit of a row is taken out: its exp is 1, and the loss of a row that is right for sure is
 * the logarithm of 1 and very little, which a series keeps.
 */
export const denseLoss = `${denseFrames}
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> batch: array<u32>;
@group(0) @binding(2) var<storage, read> slopes: array<f32>;
@group(0) @binding(3) var<storage, read_write> delta: array<f32>;
@group(0) @binding(4) var<storage, read_write> losses: array<f32>;
@group(0) @binding(5) var<uniform> layer: Layer;
@group(0) @binding(6) var<uniform> chunk: Step;
var<workgroup> sums: array<f32, ${THREADS}>;

/** Logarithm of 1 + x, x ≥ 0. */
fn logOfOneAnd(x: f32) -> f32 {
  if (x >= 1.0) { return log(1.0 + x); }
  let f = x / (2.0 + x);
  let s = f * f;
  let odd = 1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s / 11.0)));
  return 2.0 * (f + f * s * odd);
}

fn lossOf(row: u32) -> f32 {
  let start = row * layer.outputQuads * 4u;
  let label = batch[chunk.batch + chunk.offset + row];
  var winner = 0u;
  var largest = logits[start];
  for (var j = 1u; j < layer.units; j++) {
    let logit = logits[start + j];
    if (logit > largest) { largest = logit; winner = j; }
  }
  var rest = 0.0; // sum of the exponentials of all but the largest
  var below = 0.0;
  for (var j = 0u; j < layer.units; j++) {
    let less = logits[start + j] - largest;
    below += less;
    let power = exp(less);
    delta[start + j] = power;
    if (j != winner) { rest += power; }
  }
  let even = chunk.smoothing / f32(layer.units);
  let total = 1.0 + rest;
  for (var j = 0u; j < layer.units; j++) {
    let target_ = even + select(0.0, 1.0 - chunk.smoothing, j == label);
    delta[start + j] = (delta[start + j] / total - target_) * chunk.share * slopes[start + j];
  }
  return logOfOneAnd(rest) - (1.0 - chunk.smoothing) * (logits[start + label] - largest) - even * below;
}

${mainOf(THREADS)} {
  let row = group.x * ${THREADS}u + t;
  sums[t] = 0.0;
  if (row < chunk.rows) { sums[t] = lossOf(row); }
  for (var width = ${THREADS / 2}u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (t < width) { sums[t] += sums[t + width]; }
  }
  if (t == 0u) { losses[chunk.losses + group.x] = sums[0]; }
}`;
