// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import { exp4 } from "../shared/exp.ts";
import {
  ACTIVATION, CLASSES, DERIVATIVES_AT, field, IN, IN_VECTORS, link, OUT, OUT_VECTORS, OUTPUTS_AT, PARTIAL_AT, TRANSPOSED, ZEROS,
} from "./plan.ts";
import { denseColumns, denseRows } from "./row.ts";

/**
 * Computes the gradient of the mean cross-entropy at the logits in `z`, to `gradient`; writes to
 * `loss` the terms of the row's loss for the host: the sum of exponentials, and max − Σ target · z.
 */
export function lossRow(plan: usize, vectors: i32, z: usize, gradient: usize, label: i32, smoothing: f32, share: f32, loss: usize): void {
  const classes = <i32> field(plan, CLASSES);
  const max = maximum(z, classes);
  const shift = f32x4.splat(max);
  const bytes = <usize> vectors << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(gradient + at, exp4(f32x4.sub(v128.load(z + at), shift)));
  }
  let sum: f32 = 0;
  let logits: f32 = 0;
  for (let j = 0; j < classes; j++) {
    sum += load<f32>(gradient + (<usize> j << 2));
    logits += load<f32>(z + (<usize> j << 2)) - max;
  }
  const even = smoothing / <f32> classes;
  const own = load<f32>(z + (<usize> label << 2)) - max;
  store<f32>(loss, sum);
  store<f32>(loss, -((1 - smoothing) * own + even * logits), 4);
  const scale = share / sum;
  for (let j = 0; j < classes; j++) {
    const at = gradient + (<usize> j << 2);
    store<f32>(at, load<f32>(at) * scale - even * share);
  }
  const at = gradient + (<usize> label << 2);
  store<f32>(at, load<f32>(at) - (1 - smoothing) * share);
  // The columns that pad a row to whole vectors must not feed anything back.
  for (let j = classes; j < vectors << 2; j++) store<f32>(gradient + (<usize> j << 2), 0);
}

function maximum(z: usize, classes: i32): f32 {
  let max = load<f32>(z);
  for (let j = 1; j < classes; j++) max = Mathf.max(max, load<f32>(z + (<usize> j << 2)));
  return max;
}

/** Sums the rows of a gradient, which gives the gradient of a bias. */
export function sumRows(out: usize, rows: usize, vectors: i32, count: i32): void {
  const stride = <usize> vectors << 4;
  for (let j = 0; j < vectors; j++) {
    const at = rows + (<usize> j << 4);
    let sum = f32x4.splat(0);
    for (let i = 0; i < count; i++) sum = f32x4.add(sum, v128.load(at + <usize> i * stride));
    v128.store(out + (<usize> j << 4), sum);
  }
}

/**
 * Computes a block's gradient of a link's weights: its inputs times the gradient of its sums, bias
 * last.
 */
export function weightGradient(plan: usize, here: usize, a: usize, aStride: u32, dz: usize, partial: usize, count: i32): void {
  const inputs = <i32> field(here, IN);
  const vectors = <i32> field(here, OUT_VECTORS);
  const out = partial + field(here, PARTIAL_AT);
  denseColumns(vectors, out, field(plan, ZEROS), dz, a, aStride, count, inputs);
  sumRows(out + (<usize> inputs * vectors << 4), dz, vectors, count);
}

/** Computes the gradient of the previous link's sums from that of this link's sums. */
export function inputGradient(plan: usize, here: usize, before: usize, scratch: usize, dz: usize, out: usize, count: i32): void {
  const vectors = <i32> field(here, IN_VECTORS);
  const stride = <u32> vectors << 4;
  const dzStride = <u32> field(here, OUT_VECTORS) << 4;
  const zeros = field(plan, ZEROS);
  denseRows(vectors, out, zeros, field(here, TRANSPOSED), dz, dzStride, <i32> field(here, OUT), count, 1, zeros, -Infinity);
  multiplyByDerivatives(before, out, out + <usize> count * stride, scratch + field(before, OUTPUTS_AT), scratch + field(before, DERIVATIVES_AT));
}

/** Turns the gradient of a link's outputs into that of its sums, in place. */
export function multiplyByDerivatives(here: usize, gradient: usize, end: usize, outputs: usize, derivatives: usize): void {
  const activation = <i32> field(here, ACTIVATION);
  if (activation == 1) maskRange(gradient, end, outputs);
  else if (activation == 2) scaleRange(gradient, end, derivatives);
}

/** Sets the numbers to 0 where `outputs` is not above 0. */
export function maskRange(out: usize, end: usize, outputs: usize): void {
  for (; out < end; out += 16) {
    v128.store(out, v128.and(v128.load(out), f32x4.gt(v128.load(outputs), f32x4.splat(0))));
    outputs += 16;
  }
}

export function scaleRange(out: usize, end: usize, factors: usize): void {
  for (; out < end; out += 16) {
    v128.store(out, f32x4.mul(v128.load(out), v128.load(factors)));
    factors += 16;
  }
}
