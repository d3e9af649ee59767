import {
  CONTESTED,
  FRACTION,
  LIST,
  LISTED,
  lloydFrame,
  MOVED,
  OPEN_WORDS,
  UNDECIDED,
} from "./lloyd_frame.ts";
import { type RowStorage, valueOf } from "./rows.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/** Threads that measure a row, each some of the clusters; a device has at least the larger number. */
export function decideThreads(clusters: number): number {
  return clusters <= 64 ? 64 : 256;
}

/** Columns that a thread measures per turn of a loop. */
export const DECIDE_COLUMNS = 4;

/**
 * WGSL that measures contested rows in integers: squared distances of 96 bits between rows and
 * centroids in fixed point, whatever a device makes of float32. Rows that this leaves in doubt are
 * listed as undecided, for the host to confirm the label that is likely.
 *
 * @param storage Storage of the rows.
 * @param threads Threads of a workgroup.
 */
export function lloydDecide(storage: RowStorage, threads: number): string {
  const fixed = storage === "bytes"
    ? `i32(value(row, p) << ${FRACTION.bytes}u)`
    : `i32(round(value(row, p) * ${2 ** FRACTION.floats}.0))`;
  return `${lloydFrame}
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> fixed: array<i32>;
@group(0) @binding(2) var<storage, read_write> labels: array<u32>;
@group(0) @binding(3) var<storage, read_write> moved: array<u32>;
@group(0) @binding(4) var<storage, read> contested: array<u32>;
@group(0) @binding(5) var<storage, read_write> undecided: array<u32>;
@group(0) @binding(6) var<storage, read_write> state: array<atomic<u32>>;
@group(0) @binding(7) var<uniform> frame: Frame;

/** A squared distance, its words from the lowest on, and the cluster that it is to. */
struct Found { low: u32, middle: u32, high: u32, cluster: u32 }

var<workgroup> count: u32;
var<workgroup> nearest: array<Found, ${threads}>;
var<workgroup> next: array<Found, ${threads}>;

${valueOf(storage)}

fn square(v: u32) -> vec2<u32> {
  let a = v & 0xffffu;
  let b = v >> 16u;
  let cross = a * b;
  let low = a * a;
  let middle = low + (cross << 17u);
  let carry = select(0u, 1u, middle < low);
  return vec2<u32>(middle, b * b + (cross >> 15u) + carry);
}

fn isLess(a: Found, b: Found) -> bool {
  if (a.high != b.high) { return a.high < b.high; }
  if (a.middle != b.middle) { return a.middle < b.middle; }
  return a.low < b.low;
}

fn asFloat(a: Found) -> f32 {
  return f32(a.high) * 18446744073709551616.0 + f32(a.middle) * 4294967296.0 + f32(a.low);
}

/** b − a, which is not negative. */
fn difference(a: Found, b: Found) -> Found {
  let low = b.low - a.low;
  let borrow = select(0u, 1u, b.low < a.low);
  let middle = b.middle - a.middle - borrow;
  let isBorrowed = b.middle < a.middle || (b.middle == a.middle && borrow == 1u);
  return Found(low, middle, b.high - a.high - select(0u, 1u, isBorrowed), 0u);
}

fn measure(row: u32, cluster: u32) -> Found {
  var d = Found(0u, 0u, 0u, cluster);
  for (var p = 0u; p < frame.columns; p += ${DECIDE_COLUMNS}u) {
    ${unrolled(DECIDE_COLUMNS, (i) => `d = plusSquare(d, row, p + ${i}u);`)}
  }
  return d;
}

fn plusSquare(d: Found, row: u32, p: u32) -> Found {
  if (p >= frame.columns) { return d; }
  let s = square(u32(abs(${fixed} - fixed[d.cluster * frame.columns + p])));
  let low = d.low + s.x;
  let carry = select(0u, 1u, low < s.x);
  let sum = d.middle + s.y;
  let overflow = select(0u, 1u, sum < s.y);
  let middle = sum + carry;
  return Found(low, middle, d.high + overflow + select(0u, 1u, middle < carry), d.cluster);
}

${mainOf(threads)} {
  if (t == 0u) {
    let stopped = atomicLoad(&state[frame.step]) != 0u;
    count = select(atomicLoad(&state[frame.counters + ${CONTESTED}u]), 0u, stopped);
  }
  let listed = workgroupUniformLoad(&count);
  for (var i = group.y * groups.x + group.x; i < listed; i += groups.x * groups.y) {
    let row = contested[i];
    let farthest = Found(0xffffffffu, 0xffffffffu, 0xffffffffu, 0u);
    var best = farthest;
    var second = farthest;
    for (var j = t; j < frame.clusters; j += ${threads}u) {
      let found = measure(row, j);
      if (isLess(found, best)) { second = best; best = found; }
      else if (isLess(found, second)) { second = found; }
    }
    nearest[t] = best;
    next[t] = second;
    workgroupBarrier();
    if (t == 0u) {
      for (var other = 1u; other < min(${threads}u, frame.clusters); other++) {
        let found = nearest[other];
        if (isLess(found, best)) { second = best; best = found; }
        else if (isLess(found, second)) { second = found; }
        if (isLess(next[other], second)) { second = next[other]; }
      }
      let before = labels[frame.before + row];
      // Two squares of lengths d err by 2 e √p d + e² p each, of p columns; float64 rounds as well.
      let far = asFloat(second);
      let length = frame.error * frame.roots;
      let doubt = 5.0 * length * (sqrt(far) + length) + frame.roots * frame.roots * far * 1e-14;
      if (asFloat(difference(best, second)) <= doubt) {
        let at = atomicAdd(&state[frame.counters + ${UNDECIDED}u], 1u);
        var open = array<u32, ${OPEN_WORDS}>(row, before, best.cluster + 1u);
        for (var word = 0u; word < ${OPEN_WORDS}u; word++) {
          let to = at * ${OPEN_WORDS}u + word;
          undecided[to] = open[word];
          if (at < ${LISTED}u) { atomicStore(&state[frame.counters + ${LIST}u + to], open[word]); }
        }
      }
      labels[frame.now + row] = best.cluster + 1u;
      if (before != best.cluster + 1u) {
        moved[atomicAdd(&state[frame.counters + ${MOVED}u], 1u)] = row;
      }
    }
    workgroupBarrier();
  }
}`;
}
