import { mainOf, MOST_TURNS, unrolled } from "./wgsl.ts";

/** Threads of a workgroup: each scores a group of points. */
export const LANES = 64;

/** Groups whose best are found by a thread's turns: it goes over its share of all five times. */
export const MOST_GROUPS = Math.floor((MOST_TURNS - 1100) / 5) * LANES;

/** Points of a group, which a thread scores at the same time; the best of them is kept. */
export const GROUP = 8;

/** Queries that a thread scores at the same time. */
export const QUERIES = 16;

/** Bytes of the frame. */
export const FRAME_BYTES = 48;

/**
 * WGSL that the kernels share. Groups of points lie `lanes` at a time side by side: of each the
 * first four columns of its first point, then the next four.
 */
const shared = `
struct Frame {
  queries: u32,  // queries of the block
  groups: u32,   // groups of this part of the points
  first: u32,    // the first of them among all groups
  all: u32,      // groups of all parts
  quads: u32,    // groups of four columns
  lanes: u32,    // groups that lie side by side
  most: u32,     // points that are told per query
  offset: u32,   // the first query whose points are listed
  capacity: u32, // points that the list has room for
  spare0: u32,
  spare1: u32,
  spare2: u32,
}

/** A group of points: the score of the best of them, and which one that is. */
struct Best { score: f32, point: u32 }`;

/** WGSL of where the first four columns of a point of a group are; the next are `lanes` on. */
const quadAt = `fn quadAt(group: u32, point: u32) -> u32 {
  return (group / frame.lanes * ${GROUP}u + point) * frame.quads * frame.lanes + group % frame.lanes;
}`;

const queries = (code: (q: number) => string) => unrolled(QUERIES, code);
const points = (code: (p: number) => string) => unrolled(GROUP, code);

/**
 * WGSL that finds the best score of each group for each query of a block: a thread takes a group and
 * a few queries, a row of workgroups the groups of a part. Loads are what this takes, so that many
 * sums share them. Sums of four columns each round a quarter as often as bounds allow for, so that a
 * device may round either way.
 */
export const neighborsBest = `${shared}
@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> queries: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> best: array<Best>;
@group(0) @binding(3) var<uniform> frame: Frame;

${quadAt}

${mainOf(LANES)} {
  let own = group.x * ${LANES}u + t;
  if (own >= frame.groups) { return; }
  let first = group.y * ${QUERIES}u;
  let last = frame.queries - 1u;
  ${queries((q) => `let query${q} = min(first + ${q}u, last) * frame.quads;`)}
  ${points((p) => `var at${p} = quadAt(own, ${p}u);`)}
  ${points((p) => queries((q) => `var sum${q}_${p} = 0.0;`))}
  for (var i = 0u; i < frame.quads; i++) {
    ${points((p) => `let point${p} = x[at${p}]; at${p} += frame.lanes;`)}
    var four = vec4<f32>();
    ${
  queries((q) =>
    `four = queries[query${q} + i];\n${points((p) => `sum${q}_${p} += dot(four, point${p});`)}`
  )
}
  }
  var found = Best();
  ${
  queries((q) =>
    `found = Best(sum${q}_0, 0u);
  ${points((p) => `if (sum${q}_${p} > found.score) { found = Best(sum${q}_${p}, ${p}u); }`)}
  if (first + ${q}u < frame.queries) { best[(first + ${q}u) * frame.all + frame.first + own] = found; }`
  )
}
}`;

/**
 * WGSL that lists, for each query, the best points of the best groups, as many as `most`: the score
 * of the last of these groups is found digit by digit, by counting.
 */
export const neighborsTop = `${shared}
@group(0) @binding(0) var<storage, read> best: array<Best>;
@group(0) @binding(1) var<storage, read_write> top: array<u32>;
@group(0) @binding(2) var<uniform> frame: Frame;

const DIGITS = 256u;
var<workgroup> counts: array<atomic<u32>, DIGITS>;
var<workgroup> prefix: u32;
var<workgroup> wanted: u32;
var<workgroup> listed: atomic<u32>;

/** Bits of a number in the order of numbers. */
fn ordered(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return bits ^ select(0x80000000u, 0xffffffffu, (bits >> 31u) == 1u);
}

${mainOf(LANES)} {
  let query = group.y * groups.x + group.x;
  // Workgroups beyond the last query take part in barriers, and list nothing.
  let count = select(0u, frame.all, query < frame.queries);
  let start = query * frame.all;
  if (t == 0u) {
    prefix = 0u;
    wanted = frame.most;
    atomicStore(&listed, 0u);
  }
  for (var shift = 32u; shift > 0u; shift -= 8u) {
    for (var d = t; d < DIGITS; d += ${LANES}u) { atomicStore(&counts[d], 0u); }
    let known = workgroupUniformLoad(&prefix);
    for (var g = t; g < count; g += ${LANES}u) {
      let bits = ordered(best[start + g].score);
      // A shift by 32 is none.
      if (shift < 32u && (bits >> shift) != known) { continue; }
      atomicAdd(&counts[(bits >> (shift - 8u)) % DIGITS], 1u);
    }
    workgroupBarrier();
    if (t == 0u) {
      var digit = DIGITS - 1u;
      var left = wanted;
      for (; digit > 0u; digit--) {
        let here = atomicLoad(&counts[digit]);
        if (here >= left) { break; }
        left -= here;
      }
      wanted = left;
      prefix = known * DIGITS + digit;
    }
    workgroupBarrier();
  }
  let least = workgroupUniformLoad(&prefix);
  for (var g = t; g < count; g += ${LANES}u) {
    let found = best[start + g];
    if (ordered(found.score) < least) { continue; }
    let slot = atomicAdd(&listed, 1u);
    if (slot < frame.most) { top[query * frame.most + slot] = g * ${GROUP}u + found.point; }
  }
}`;

/**
 * WGSL that lists the points whose score is at least the least one of their query: a workgroup takes
 * a query and some groups, and scores the points of those whose best score is no less.
 */
export const neighborsList = `${shared}
struct Listed { query: u32, point: u32, score: f32 }
@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> queries: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> best: array<Best>;
@group(0) @binding(3) var<storage, read> least: array<f32>;
@group(0) @binding(4) var<storage, read_write> list: array<Listed>;
@group(0) @binding(5) var<storage, read_write> counter: atomic<u32>;
@group(0) @binding(6) var<uniform> frame: Frame;

var<workgroup> open: array<u32, ${LANES}>;
var<workgroup> opened: atomic<u32>;
var<workgroup> many: u32;

${quadAt}

${mainOf(LANES)} {
  let query = frame.offset + group.y;
  let bound = least[query];
  if (t == 0u) { atomicStore(&opened, 0u); }
  workgroupBarrier();
  let own = group.x * ${LANES}u + t;
  if (own < frame.groups && best[query * frame.all + frame.first + own].score >= bound) {
    open[atomicAdd(&opened, 1u)] = own;
  }
  workgroupBarrier();
  if (t == 0u) { many = atomicLoad(&opened) * ${GROUP}u; }
  let points = workgroupUniformLoad(&many);
  for (var p = t; p < points; p += ${LANES}u) {
    let at = quadAt(open[p / ${GROUP}u], p % ${GROUP}u);
    var score = 0.0;
    for (var i = 0u; i < frame.quads; i++) {
      score += dot(queries[query * frame.quads + i], x[at + i * frame.lanes]);
    }
    if (score < bound) { continue; }
    let slot = atomicAdd(&counter, 1u);
    if (slot >= frame.capacity) { continue; }
    list[slot] = Listed(query, (frame.first + open[p / ${GROUP}u]) * ${GROUP}u + p % ${GROUP}u, score);
  }
}`;
