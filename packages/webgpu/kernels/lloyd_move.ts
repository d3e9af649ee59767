import { FRACTION, lloydFrame, MOVED } from "./lloyd_frame.ts";
import { type RowStorage, wordAt } from "./rows.ts";
import { mainOf } from "./wgsl.ts";

/** Threads of a workgroup, each with four columns. */
export const MOVE_THREADS = 64;

/** Words of a sum: bytes add up in one, float32 in fixed point in two. */
export function sumWords(storage: RowStorage): number {
  return storage === "bytes" ? 1 : 2;
}

/**
 * Clusters whose sums a workgroup keeps to itself before it adds them to those of all.
 *
 * @param storage Storage of the rows.
 * @param memory Bytes of a workgroup's memory.
 */
export function heldClusters(storage: RowStorage, memory: number): number {
  return Math.floor(memory / (16 * MOVE_THREADS * sumWords(storage)));
}

/**
 * WGSL that adds rows which moved to the sums of their new clusters and takes them out of those of
 * their old ones. Sums are integers, so that their order does not matter.
 *
 * @param storage Storage of the rows.
 * @param held Number of clusters whose sums fit a workgroup's memory; 0 adds to those of all at once.
 */
export function lloydMove(storage: RowStorage, held: number): string {
  const words = sumWords(storage);
  const isHeld = held > 0;
  const read = storage === "bytes"
    ? `let four = vec4<i32>(unpack4xU8(x[${wordAt("word / 4u")} + word % 4u]));`
    : `let at = ${wordAt("word")};
      let four = array<vec2<u32>, 4>(toFixed(x[at]), toFixed(x[at + 1u]), toFixed(x[at + 2u]), toFixed(x[at + 3u]));`;
  const add = (cluster: string, sign: "plus" | "minus") => {
    const value = words === 1
      ? (sign === "plus" ? "four[p]" : "-four[p]")
      : (sign === "plus" ? "four[p]" : "negative(four[p])");
    return `for (var p = 0u; p < 4u; p++) { ${
      isHeld ? "hold" : "add"
    }(${cluster}, p, word, t, ${value}); }`;
  };
  const type = words === 1 ? "i32" : "vec2<u32>";
  const add1 = `fn add(cluster: u32, p: u32, word: u32, t: u32, value: i32) {
  let column = word * 4u + p;
  if (value != 0 && column < frame.columns) { atomicAdd(&sums[cluster * frame.columns + column], u32(value)); }
}`;
  const add2 = `fn add(cluster: u32, p: u32, word: u32, t: u32, value: vec2<u32>) {
  let column = word * 4u + p;
  if (column >= frame.columns || (value.x | value.y) == 0u) { return; }
  let at = (cluster * frame.columns + column) * 2u;
  let before = atomicAdd(&sums[at], value.x);
  atomicAdd(&sums[at + 1u], value.y + select(0u, 1u, before + value.x < before));
}`;
  const hold = words === 1
    ? `fn hold(cluster: u32, p: u32, word: u32, t: u32, value: i32) {
  own[(cluster * ${MOVE_THREADS}u + t) * 4u + p] += value;
}`
    : `fn hold(cluster: u32, p: u32, word: u32, t: u32, value: vec2<u32>) {
  own[(cluster * ${MOVE_THREADS}u + t) * 4u + p] = plus(own[(cluster * ${MOVE_THREADS}u + t) * 4u + p], value);
}`;
  return `${lloydFrame}
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> moved: array<u32>;
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> state: array<atomic<u32>>;
@group(0) @binding(5) var<uniform> frame: Frame;
${isHeld ? `var<workgroup> own: array<${type}, ${held * MOVE_THREADS * 4}>;` : ""}

${words === 1 ? add1 : add2}
${
    words === 1 ? "" : `
fn plus(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = a.x + b.x;
  return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn negative(a: vec2<u32>) -> vec2<u32> {
  return plus(~a, vec2<u32>(1u, 0u));
}

/** A float32 in fixed point, with as many bits after the point as sums have. */
fn toFixed(bits: u32) -> vec2<u32> {
  let exponent = i32((bits >> 23u) & 0xffu);
  if (exponent == 0) { return vec2<u32>(0u); }
  let digits = (bits & 0x7fffffu) | 0x800000u;
  let shift = exponent - 150 - frame.shift + ${FRACTION.floats};
  var a = vec2<u32>(0u);
  if (shift >= 32) { a.y = digits << u32(min(shift - 32, 31)); }
  else if (shift > 0) { a = vec2<u32>(digits << u32(shift), digits >> u32(32 - shift)); }
  else if (shift == 0) { a.x = digits; }
  else if (shift > -25) { a.x = ((digits >> u32(-shift - 1)) + 1u) >> 1u; }
  if ((bits >> 31u) == 1u) { return negative(a); }
  return a;
}`
  }
${isHeld ? hold : ""}

${mainOf(MOVE_THREADS)} {
  if (atomicLoad(&state[frame.step]) != 0u) { return; }
  let listed = atomicLoad(&state[frame.counters + ${MOVED}u]);
  let share = (listed + groups.x - 1u) / groups.x;
  let first = group.x * share;
  let last = min(listed, first + share);
  let word = group.y * ${MOVE_THREADS}u + t;
  if (first >= last) { return; }
  if (word == 0u) {
    let counts = frame.clusters * frame.columns * ${words}u;
    for (var i = first; i < last; i++) {
      let to = labels[frame.now + moved[i]];
      let old = labels[frame.before + moved[i]];
      atomicAdd(&sums[counts + to - 1u], 1u);
      if (old > 0u) { atomicSub(&sums[counts + old - 1u], 1u); }
    }
  }
  if (word * 4u >= frame.columns) { return; }
  ${
    isHeld
      ? `for (var j = 0u; j < frame.clusters; j++) {
    for (var p = 0u; p < 4u; p++) { own[(j * ${MOVE_THREADS}u + t) * 4u + p] = ${type}(${
        words === 1 ? "0" : "0u"
      }); }
  }`
      : ""
  }
  for (var i = first; i < last; i++) {
    let row = moved[i];
    let to = labels[frame.now + row];
    let old = labels[frame.before + row];
    ${read}
    ${add("to - 1u", "plus")}
    if (old > 0u) { ${add("old - 1u", "minus")} }
  }
  ${
    isHeld
      ? `for (var j = 0u; j < frame.clusters; j++) {
    for (var p = 0u; p < 4u; p++) { add(j, p, word, t, own[(j * ${MOVE_THREADS}u + t) * 4u + p]); }
  }`
      : ""
  }
}`;
}
