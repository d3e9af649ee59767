import { COUNTERS, FRACTION, LISTED, lloydFrame, MOVED, UNDECIDED } from "./lloyd_frame.ts";
import { fixedPoint, type LloydSums } from "./lloyd_sums.ts";
import { quadColumns } from "./rows.ts";
import { mainOf } from "./wgsl.ts";

/** Threads that move a centroid. */
const THREADS = 64;

/** Turns of a thread's loops per column: one of its own, and those of a division. */
export const MEANS_TURNS = 32 / THREADS;

/** Bits before the point of the largest coordinate, and one for floats, which may be just 1. */
const LEAD = { bytes: 8, floats: 1 } as const;

/**
 * WGSL that keeps the sums of a step for the host, and moves each centroid to the mean of its rows, in
 * fixed point and in float32. It stops the batch where the host has to say how to go on: no row
 * moved, a cluster is empty, or too many rows are undecided.
 *
 * @param sums Sums of a step.
 */
export function lloydMeans({ storage, words }: LloydSums): string {
  const load = (at: string) =>
    words === 1
      ? `vec2<u32>(atomicLoad(&sums[${at}]), 0u)`
      : `vec2<u32>(atomicLoad(&sums[2u * (${at})]), atomicLoad(&sums[2u * (${at}) + 1u]))`;
  const keep = (at: string, sum: string) => {
    if (words === 1) return `history[frame.history + ${at}] = ${sum}.x;`;
    return `history[frame.history + 2u * (${at})] = ${sum}.x;
      history[frame.history + 2u * (${at}) + 1u] = ${sum}.y;`;
  };
  const lead = LEAD[storage];
  return `${lloydFrame}
@group(0) @binding(0) var<storage, read_write> sums: array<atomic<u32>>;
@group(0) @binding(1) var<storage, read_write> history: array<u32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<storage, read_write> lengths: array<f32>;
@group(0) @binding(4) var<storage, read_write> fixed: array<i32>;
@group(0) @binding(5) var<storage, read_write> state: array<atomic<u32>>;
@group(0) @binding(6) var<uniform> frame: Frame;
var<workgroup> squares: array<f32, ${THREADS}>;
${fixedPoint}
/** sum / count in fixed point, rounded, of a sum below count · 2^${lead}. */
fn divided(sum: vec2<u32>, count: vec2<u32>) -> u32 {
  let whole = vec2<u32>(count.x << ${lead}u, (count.y << ${lead}u) | (count.x >> ${32 - lead}u));
  var quotient = 0u;
  var rest = sum;
  for (var i = 0u; i <= ${FRACTION[storage] + lead}u; i++) {
    rest = vec2<u32>(rest.x << 1u, (rest.y << 1u) | (rest.x >> 31u));
    quotient = quotient << 1u;
    if (rest.y > whole.y || (rest.y == whole.y && rest.x >= whole.x)) {
      rest = plus(rest, negative(whole));
      quotient += 1u;
    }
  }
  return (quotient + 1u) >> 1u;
}

${mainOf(THREADS)} {
  let cluster = group.y * groups.x + group.x;
  let stopped = atomicLoad(&state[frame.step]) != 0u;
  let exists = cluster < frame.clusters;
  let counts = frame.clusters * frame.columns;
  var square = 0.0;
  var isEmpty = true;
  if (exists && !stopped) {
    let count = ${load("counts + cluster")};
    isEmpty = (count.x | count.y) == 0u;
    if (t == 0u) { ${keep("counts + cluster", "count")} }
    for (var p = t; p < frame.columns; p += ${THREADS}u) {
      let at = cluster * frame.columns + p;
      let sum = ${load("at")};
      ${keep("at", "sum")}
      if (isEmpty) { continue; }
      let isNegative = (sum.y >> 31u) == 1u;
      let quotient = i32(divided(select(sum, negative(sum), isNegative), count));
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
  if (isEmpty) { atomicStore(&state[frame.step + 1u], 1u); }
  else { lengths[cluster] = squares[0]; }
  if (cluster > 0u) { return; }
  var moves = 0u;
  var mostOpen = 0u;
  for (var part = 0u; part < frame.parts; part++) {
    let counters = frame.counters + part * ${COUNTERS}u;
    moves += atomicLoad(&state[counters + ${MOVED}u]);
    mostOpen = max(mostOpen, atomicLoad(&state[counters + ${UNDECIDED}u]));
  }
  if (moves == 0u || mostOpen > ${LISTED}u) { atomicStore(&state[frame.step + 1u], 1u); }
}`;
}
