import { COUNTERS, lloydFrame, MOVED } from "./lloyd_frame.ts";
import { fixedPoint, type LloydSums } from "./lloyd_sums.ts";
import { wordAt } from "./rows.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/** Threads of a workgroup, each with four columns. */
export const MOVE_THREADS = 64;

/**
 * Clusters whose sums a workgroup keeps to itself before it adds them to those of all.
 *
 * @param sums Sums of a step.
 * @param memory Bytes of a workgroup's memory.
 */
export function heldClusters({ words }: LloydSums, memory: number): number {
  return Math.floor(memory / (16 * MOVE_THREADS * words));
}

/**
 * WGSL that adds rows which moved, times their weights, to the sums of their new clusters and takes
 * them out of those of their old ones. Sums are integers, so that their order does not matter. Rows
 * and their new labels are listed, after those of earlier steps of the batch, as far as there is room.
 *
 * @param sums Sums of a step.
 * @param held Number of clusters whose sums fit a workgroup's memory; 0 adds to those of all at once.
 */
export function lloydMove(sums: LloydSums, held: number): string {
  const { storage, isWeighted, words } = sums;
  const isHeld = held > 0;
  const number = words === 1
    ? { type: "i32", zero: "0", one: "1", negative: (value: string) => `-${value}` }
    : {
      ...{ type: "vec2<u32>", zero: "vec2<u32>()" },
      one: `toFixed(${isWeighted ? "weights[moved[i]]" : "1.0"})`,
      negative: (value: string) => `negative(${value})`,
    };
  const four = storage === "bytes"
    ? `let four = unpack4xU8(x[${wordAt("word / 4u")} + word % 4u]);`
    : `let at = ${wordAt("word")};
      let four = bitcast<vec4<f32>>(vec4<u32>(x[at], x[at + 1u], x[at + 2u], x[at + 3u]));`;
  const value = (p: number) => {
    if (words === 1) return `i32(four[${p}])`;
    return `toFixed(f32(four[${p}])${isWeighted ? " * weights[row]" : ""})`;
  };
  const own = (cluster: string, p: string) =>
    `own[(${cluster} * ${MOVE_THREADS}u + t) * 4u + ${p}]`;
  const take = (cluster: string, p: number, term: string) => {
    if (!isHeld) return `add(${cluster} * frame.columns, word * 4u + ${p}u, ${term});`;
    const before = own(cluster, `${p}u`);
    return `${before} = ${words === 1 ? `${before} + ${term}` : `plus(${before}, ${term})`};`;
  };
  const each = (code: (p: number) => string) => unrolled(4, code);
  const ownClusters = (code: string) =>
    isHeld
      ? `for (var j = 0u; j < frame.clusters; j++) {
    for (var p = 0u; p < 4u; p++) { ${code} }
  }`
      : "";
  return `${lloydFrame}
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> moved: array<u32>;
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> state: array<atomic<u32>>;
@group(0) @binding(5) var<storage, read_write> changes: array<vec2<u32>>;
@group(0) @binding(6) var<uniform> frame: Frame;
${isWeighted ? "@group(0) @binding(7) var<storage, read> weights: array<f32>;" : ""}
${isHeld ? `var<workgroup> own: array<${number.type}, ${held * MOVE_THREADS * 4}>;` : ""}
${words === 1 ? addInteger : fixedPoint + toFixed + addFixed}
/** Adds to the sum of a column of a cluster, whose sums begin at \`first\`. */
fn add(first: u32, column: u32, value: ${number.type}) {
  if (column < frame.columns) { addAt(first + column, value); }
}

${mainOf(MOVE_THREADS)} {
  if (atomicLoad(&state[frame.step]) != 0u) { return; }
  let listed = atomicLoad(&state[frame.counters + ${MOVED}u]);
  let share = (listed + groups.x - 1u) / groups.x;
  let first = group.x * share;
  let last = min(listed, first + share);
  let word = group.y * ${MOVE_THREADS}u + t;
  if (first >= last) { return; }
  if (group.y == 0u) {
    let counts = frame.clusters * frame.columns;
    var earlier = 0u;
    for (var step = 1u; step <= frame.step; step++) {
      earlier += atomicLoad(&state[frame.counters - step * frame.parts * ${COUNTERS}u + ${MOVED}u]);
    }
    for (var i = first + t; i < last; i += ${MOVE_THREADS}u) {
      let to = labels[frame.now + moved[i]];
      let old = labels[frame.before + moved[i]];
      let one = ${number.type}(${number.one});
      addAt(counts + to - 1u, one);
      if (old > 0u) { addAt(counts + old - 1u, ${number.negative("one")}); }
      if (earlier + i < arrayLength(&changes)) { changes[earlier + i] = vec2<u32>(moved[i], to); }
    }
  }
  if (word * 4u >= frame.columns) { return; }
  ${ownClusters(`${own("j", "p")} = ${number.zero};`)}
  for (var i = first; i < last; i++) {
    let row = moved[i];
    let to = labels[frame.now + row] - 1u;
    let old = labels[frame.before + row];
    ${four}
    ${each((p) => `let value${p} = ${value(p)};`)}
    ${each((p) => take("to", p, `value${p}`))}
    if (old > 0u) { ${each((p) => take("(old - 1u)", p, number.negative(`value${p}`)))} }
  }
  ${ownClusters(`add(j * frame.columns, word * 4u + p, ${own("j", "p")});`)}
}`;
}

const addInteger = `
fn addAt(at: u32, value: i32) {
  if (value != 0) { atomicAdd(&sums[at], bitcast<u32>(value)); }
}
`;

const addFixed = `
fn addAt(at: u32, value: vec2<u32>) {
  if ((value.x | value.y) == 0u) { return; }
  let before = atomicAdd(&sums[2u * at], value.x);
  atomicAdd(&sums[2u * at + 1u], value.y + select(0u, 1u, before + value.x < before));
}
`;

const toFixed = `
/** A float32 in fixed point, with as many bits after the point as sums have. */
fn toFixed(value: f32) -> vec2<u32> {
  let bits = bitcast<u32>(value);
  let exponent = i32((bits >> 23u) & 0xffu);
  if (exponent == 0) { return vec2<u32>(0u); }
  let digits = (bits & 0x7fffffu) | 0x800000u;
  let shift = exponent - 150 + frame.fraction;
  var a = vec2<u32>(0u);
  if (shift >= 32) { a.y = digits << u32(min(shift - 32, 31)); }
  else if (shift > 0) { a = vec2<u32>(digits << u32(shift), digits >> u32(32 - shift)); }
  else if (shift == 0) { a.x = digits; }
  else if (shift > -25) { a.x = ((digits >> u32(-shift - 1)) + 1u) >> 1u; }
  if ((bits >> 31u) == 1u) { return negative(a); }
  return a;
}
`;
