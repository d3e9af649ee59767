// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import { sigmoid4 } from "../shared/activation.ts";
import {
  ACTIVATION, DERIVATIVES_AT, ENTRY_BYTES, field, IN, INPUTS, link, LINK_COUNT, OUT_VECTORS, OUTPUTS_AT, PANELS, SCALE, WEIGHTS, ZEROS,
} from "./plan.ts";
import { bytesTile, floatsTile, WIDEST } from "../generated/dense_tiles.ts";
import { denseRows, tileWidth } from "./row.ts";

/**
 * Takes rows of entries, `apart` bytes from one to the next, through the first link; their ends are
 * relative. Works tile by tile, so that the weights in use stay in the cache from row to row.
 */
export function firstLink(plan: usize, scratch: usize, entries: usize, apart: usize, ends: usize, count: i32, derivatives: bool): void {
  const first = link(plan, 0);
  const vectors = <i32> field(first, OUT_VECTORS);
  const stride = <u32> vectors << 4;
  const out = scratch + field(first, OUTPUTS_AT);
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST);
    const at = <usize> done << 4;
    firstTile(plan, out + at, field(first, WEIGHTS) + at, stride, entries, apart, ends, count, done, width);
    done += width;
  }
  activateRange(first, scratch, 0, <usize> count * stride, derivatives);
}

/**
 * Takes rows through `width` vectors of the first link, of which `done` come before; `w` is where those of its
 * weights begin, `stride` bytes from one row to the next.
 */
export function firstTile(plan: usize, out: usize, w: usize, stride: u32, entries: usize, apart: usize, ends: usize, count: i32, done: i32, width: i32): void {
  const first = link(plan, 0);
  const outStride = <usize> field(first, OUT_VECTORS) << 4;
  const bias = field(first, WEIGHTS) + field(plan, INPUTS) * outStride + (<usize> done << 4);
  const bytes = field(plan, ENTRY_BYTES) == 4;
  const scale = load<f32>(plan, SCALE << 2);
  for (let i = 0; i < count; i++) {
    const entry = entries + <usize> i * apart;
    const end = entry + load<u32>(ends + (<usize> i << 2));
    const to = out + <usize> i * outStride;
    if (bytes) bytesTile(width, to, bias, w, stride, entry, end, scale);
    else floatsTile(width, to, bias, w, stride, entry, end, 1);
  }
}

/** Takes rows 0…count−1 of scratch from the first link to the last. */
export function laterLinks(plan: usize, scratch: usize, count: i32, derivatives: bool): void {
  const links = <i32> field(plan, LINK_COUNT);
  for (let g = 1; g < links; g++) {
    const before = link(plan, g - 1);
    const here = link(plan, g);
    const a = scratch + field(before, OUTPUTS_AT);
    linkRows(here, a, <u32> field(before, OUT_VECTORS) << 4, scratch + field(here, OUTPUTS_AT), count, field(plan, ZEROS));
    activateRest(here, scratch, count, derivatives);
  }
}

/** Computes out = a · weights + bias for `count` rows, none below zero if those of the link are not. */
export function linkRows(here: usize, a: usize, aStride: u32, out: usize, count: i32, zeros: usize): void {
  const vectors = <i32> field(here, OUT_VECTORS);
  const inputs = <i32> field(here, IN);
  const bias = field(here, WEIGHTS) + (<usize> inputs * vectors << 4);
  denseRows(vectors, out, bias, field(here, PANELS), a, aStride, inputs, count, 1, zeros, leastOf(here));
}

/** Returns the least output of a link whose activation changes no other sums than those below. */
export function leastOf(here: usize): f32 {
  return field(here, ACTIVATION) == 1 ? 0 : -Infinity;
}

/** Applies activations that do more than that. */
export function activateRest(here: usize, scratch: usize, count: i32, derivatives: bool): void {
  if (field(here, ACTIVATION) != 1) activateRange(here, scratch, 0, <usize> count * (field(here, OUT_VECTORS) << 4), derivatives);
}

/** Applies a link's activation to the bytes of its outputs between two places. */
export function activateRange(here: usize, scratch: usize, from: usize, to: usize, derivatives: bool): void {
  const activation = <i32> field(here, ACTIVATION);
  const out = scratch + field(here, OUTPUTS_AT);
  if (activation == 1) reluRange(out + from, out + to);
  else if (activation == 2) siluRange(out + from, out + to, derivatives ? scratch + field(here, DERIVATIVES_AT) + from : 0);
}

export function reluRange(out: usize, end: usize): void {
  for (; out < end; out += 16) v128.store(out, f32x4.pmax(v128.load(out), f32x4.splat(0)));
}

/** Computes z ← z·s, and s·(1 + z·(1 − s)) to `derivative` unless that is 0; s = sigmoid(z). */
export function siluRange(out: usize, end: usize, derivative: usize): void {
  const one = f32x4.splat(1);
  for (; out < end; out += 16) {
    const z = v128.load(out);
    const s = sigmoid4(z);
    v128.store(out, f32x4.mul(z, s));
    if (derivative == 0) continue;
    v128.store(derivative, f32x4.mul(s, f32x4.add(one, f32x4.mul(z, f32x4.sub(one, s)))));
    derivative += 16;
  }
}
