import { COUNTERS, lloydFrame, MOVED, UNDECIDED } from "./lloyd_frame.ts";
import { sumWords } from "./lloyd_move.ts";
import { quadColumns, type RowStorage } from "./rows.ts";
import { mainOf } from "./wgsl.ts";

/** Threads that move a centroid. */
const THREADS = 64;

/**
 * WGSL that keeps the sums of a step for the host and moves each centroid to the mean of its rows,
 * in fixed point and in float32. It stops the batch where the host has to say how to go on: no row
 * moved, a cluster is empty, or a row is undecided.
 *
 * @param storage Storage of the rows.
 */
export function lloydMeans(storage: RowStorage): string {
  const words = sumWords(storage);
  const read = words === 1
    ? `let sum = vec2<u32>(atomicLoad(&sums[at]), 0u);
      history[frame.history + at] = sum.x;`
    : `let sum = vec2<u32>(atomicLoad(&sums[2u * at]), atomicLoad(&sums[2u * at + 1u]));
      history[frame.history + 2u * at] = sum.x;
      history[frame.history + 2u * at + 1u] = sum.y;`;
  return `${lloydFrame}
@group(0) @binding(0) var<storage, read_write> sums: array<atomic<u32>>;
@group(0) @binding(1) var<storage, read_write> history: array<u32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<storage, read_write> lengths: array<f32>;
@group(0) @binding(4) var<storage, read_write> fixed: array<i32>;
@group(0) @binding(5) var<storage, read_write> state: array<atomic<u32>>;
@group(0) @binding(6) var<uniform> frame: Frame;
var<workgroup> squares: array<f32, ${THREADS}>;

/** a / count, rounded; the quotient fits 32 bits. */
fn divided(a: vec2<u32>, count: u32) -> u32 {
  var quotient = 0u;
  var rest = 0u;
  for (var i = 0u; i < 64u; i++) {
    let bit = select(a.x >> (63u - i), a.y >> (31u - i), i < 32u) & 1u;
    rest = rest * 2u + bit;
    quotient = quotient * 2u;
    if (rest >= count) { rest -= count; quotient += 1u; }
  }
  return quotient + select(0u, 1u, rest * 2u >= count);
}

fn shifted(a: vec2<u32>) -> vec2<u32> {
  let s = u32(abs(frame.shift));
  if (s == 0u) { return a; }
  if (frame.shift > 0) { return vec2<u32>(a.x << s, (a.y << s) | (a.x >> (32u - s))); }
  if (s >= 32u) { return vec2<u32>(a.y >> (s - 32u), 0u); }
  return vec2<u32>((a.x >> s) | (a.y << (32u - s)), a.y >> s);
}

${mainOf(THREADS)} {
  let cluster = group.y * groups.x + group.x;
  let stopped = atomicLoad(&state[frame.step]) != 0u;
  let exists = cluster < frame.clusters;
  let counts = frame.clusters * frame.columns * ${words}u;
  var square = 0.0;
  var count = 0u;
  if (exists && !stopped) {
    count = atomicLoad(&sums[counts + cluster]);
    if (t == 0u) { history[frame.history + counts + cluster] = count; }
    for (var p = t; p < frame.columns; p += ${THREADS}u) {
      let at = cluster * frame.columns + p;
      ${read}
      let isNegative = ${words === 1 ? "false" : "(sum.y >> 31u) == 1u"};
      var size = sum;
      if (isNegative) { size = vec2<u32>(~sum.x + 1u, ~sum.y + select(0u, 1u, sum.x == 0u)); }
      if (count == 0u) { continue; }
      let quotient = i32(divided(shifted(size), count));
      let centroid = select(quotient, -quotient, isNegative);
      fixed[at] = centroid;
      let rounded = f32(centroid) * frame.unit;
      c[((cluster / frame.tile * frame.quads * ${
    quadColumns(storage) / 4
  }u + p / 4u) * frame.tile + cluster % frame.tile) * 4u + p % 4u] = rounded;
      square += rounded * rounded;
    }
  }
  squares[t] = square;
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (t < half) { squares[t] += squares[t + half]; }
  }
  if (t != 0u || !exists) { return; }
  if (stopped) {
    atomicStore(&state[frame.step + 1u], 1u);
    return;
  }
  if (count == 0u) { atomicStore(&state[frame.step + 1u], 1u); }
  else { lengths[cluster] = squares[0]; }
  if (cluster > 0u) { return; }
  var moves = 0u;
  var open = 0u;
  for (var part = 0u; part < frame.parts; part++) {
    moves += atomicLoad(&state[frame.counters + part * ${COUNTERS}u + ${MOVED}u]);
    open += atomicLoad(&state[frame.counters + part * ${COUNTERS}u + ${UNDECIDED}u]);
  }
  if (moves == 0u || open > 0u) { atomicStore(&state[frame.step + 1u], 1u); }
}`;
}
