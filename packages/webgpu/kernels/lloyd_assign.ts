import { CONTESTED, lloydFrame, MOVED } from "./lloyd_frame.ts";
import { BLOCK, BLOCKS, quadColumns, rowStarts, type RowStorage } from "./rows.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/**
 * WGSL that finds the nearest centroid of each row by float32 scores |c|² − 2 x·c. Rows whose two
 * best scores are nearer than their rounding errors are listed as contested; of the others, those
 * that change cluster are listed as moved. Labels count from 1, 0 is a row without one.
 *
 * @param storage Storage of the rows.
 * @param tile Clusters whose scores a thread holds at the same time.
 * @param isDivided True if passes take some of the clusters each, and keep what they found for the next.
 */
export function lloydAssign(storage: RowStorage, tile: number, isDivided: boolean): string {
  const rows = (code: (r: number) => string) => unrolled(BLOCKS, code);
  const clusters = (code: (j: number) => string) => unrolled(tile, code);
  const rowOf = (r: number) => `(block + ${r}u) * ${BLOCK}u + t`;
  const products = clusters((j) =>
    `point = c[at + ${j}u];\n${rows((r) => `sum${r}_${j} += dot(v${r}, point);`)}`
  );
  const step = storage === "bytes"
    ? `for (var w = 0u; w < 4u; w++) {
        ${
      rows((r) =>
        `let v${r} = vec4<f32>(unpack4xU8(four${r}[w])); squares${r} += dot(v${r}, v${r});`
      )
    }
        let at = first + (q * 4u + w) * ${tile}u;
        ${products}
      }`
    : `${rows((r) => `let v${r} = bitcast<vec4<f32>>(four${r}); squares${r} += dot(v${r}, v${r});`)}
      let at = first + q * ${tile}u;
      ${products}`;
  const width = quadColumns(storage) / 4;
  const resume = (r: number) =>
    `let found${r} = found[${rowOf(r)}];
best${r} = bitcast<f32>(found${r}.x); second${r} = bitcast<f32>(found${r}.y);
winner${r} = found${r}.z; longest = bitcast<f32>(found${r}.w);`;
  const keep = (r: number) =>
    `found[${
      rowOf(r)
    }] = vec4<u32>(bitcast<u32>(best${r}), bitcast<u32>(second${r}), winner${r}, bitcast<u32>(longest));`;
  return `${lloydFrame}
@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> lengths: array<f32>;
@group(0) @binding(3) var<storage, read_write> labels: array<u32>;
@group(0) @binding(4) var<storage, read_write> moved: array<u32>;
@group(0) @binding(5) var<storage, read_write> contested: array<u32>;
@group(0) @binding(6) var<storage, read_write> state: array<atomic<u32>>;
@group(0) @binding(7) var<uniform> frame: Frame;
${isDivided ? "@group(0) @binding(8) var<storage, read_write> found: array<vec4<u32>>;" : ""}

fn settle(row: u32, best: f32, second: f32, winner: u32, squares: f32, longest: f32) {
  if (row >= frame.rows) { return; }
  let product = sqrt(squares) * sqrt(longest);
  let moves = 4.2 * frame.drift * (sqrt(squares) + sqrt(longest) + frame.drift);
  let doubt = frame.slope * product + frame.offset * longest + moves;
  let before = labels[frame.before + row];
  if (!(second - best > doubt) && frame.clusters > 1u) {
    contested[atomicAdd(&state[frame.counters + ${CONTESTED}u], 1u)] = row;
    labels[frame.now + row] = before;
    return;
  }
  labels[frame.now + row] = winner + 1u;
  if (before != winner + 1u) { moved[atomicAdd(&state[frame.counters + ${MOVED}u], 1u)] = row; }
}

${mainOf(BLOCK)} {
  ${rowStarts()}
  if (atomicLoad(&state[frame.step]) != 0u) { return; }
  ${
    rows((r) =>
      `var best${r} = 3.4e38; var second${r} = 3.4e38; var winner${r} = 0u; var squares${r} = 0.0;`
    )
  }
  var longest = 0.0;
  ${isDivided ? `if (frame.firstTile > 0u) {\n${rows(resume)}\n}` : ""}
  for (var tile = frame.firstTile; tile < frame.lastTile; tile++) {
    let first = tile * frame.quads * ${width * tile}u;
    ${rows((r) => clusters((j) => `var sum${r}_${j} = 0.0;`))}
    ${rows((r) => `squares${r} = 0.0;`)}
    for (var q = 0u; q < frame.quads; q++) {
      ${rows((r) => `let four${r} = x[start${r} + q * ${BLOCK}u];`)}
      var point = vec4<f32>();
      ${step}
    }
    var score = 0.0;
    var length = 0.0;
    ${
    clusters((j) =>
      `length = lengths[tile * ${tile}u + ${j}u];
    if (length < 1e38) { longest = max(longest, length); }
    ${
        rows((r) =>
          `score = length - 2.0 * sum${r}_${j};
    if (score < best${r}) { second${r} = best${r}; best${r} = score; winner${r} = tile * ${tile}u + ${j}u; }
    else { second${r} = min(second${r}, score); }`
        )
      }`
    )
  }
  }
  ${isDivided ? `if (frame.lastTile * ${tile}u < frame.clusters) {\n${rows(keep)}\nreturn;\n}` : ""}
  ${rows((r) => `settle(${rowOf(r)}, best${r}, second${r}, winner${r}, squares${r}, longest);`)}
}`;
}
