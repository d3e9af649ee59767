import { BLOCK, type RowStorage } from "./rows.ts";

/** Most points whose distances a thread measures at the same time. */
export const POINTS = 8;

/** Blocks of a workgroup: each thread takes a row of each, so that a point is read once for all. */
export const PLUS_PLUS_BLOCKS = 4;

/**
 * WGSL that measures squared distances of all rows to a few points: of bytes exactly, in integers; of
 * float32 numbers by differences, so that nothing cancels.
 *
 * @param storage Storage of the rows.
 * @param points Number of points.
 */
export function plusPlusDistances(storage: RowStorage, points: number): string {
  const list = (length: number, code: (i: number) => string) =>
    Array.from({ length }, (_, i) => code(i)).join("\n");
  const rows = (code: (r: number) => string) => list(PLUS_PLUS_BLOCKS, code);
  const each = (code: (j: number) => string) => list(points, code);
  const isBytes = storage === "bytes";
  const [type, zero] = isBytes ? ["u32", "0u"] : ["f32", "0.0"];
  const measure = isBytes
    ? `for (var w = 0u; w < 4u; w++) {
      ${rows((r) => `square${r} += dot4U8Packed(four${r}[w], four${r}[w]);`)}
      ${
      each((j) =>
        `point = points[at + ${j}u][w]; length${j} += dot4U8Packed(point, point);
      ${rows((r) => `sum${r}_${j} += dot4U8Packed(four${r}[w], point);`)}`
      )
    }
    }`
    : each((j) =>
      `point = bitcast<vec4<f32>>(points[at + ${j}u]);
    ${
        rows((r) =>
          `between = bitcast<vec4<f32>>(four${r}) - point; sum${r}_${j} += dot(between, between);`
        )
      }`
    );
  const found = (r: number, j: number) =>
    isBytes ? `square${r} + length${j} - 2u * sum${r}_${j}` : `sum${r}_${j}`;
  return `
struct Frame { rows: u32, quads: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> points: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> distances: array<${type}>;
@group(0) @binding(3) var<uniform> frame: Frame;

@compute @workgroup_size(${BLOCK}) fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) t: u32,
) {
  let block = (group.y * groups.x + group.x) * ${PLUS_PLUS_BLOCKS}u;
  if (block * ${BLOCK}u >= frame.rows) { return; }
  let last = (frame.rows - 1u) / ${BLOCK}u;
  ${rows((r) => `let start${r} = min(block + ${r}u, last) * frame.quads * ${BLOCK}u + t;`)}
  ${rows((r) => each((j) => `var sum${r}_${j} = ${zero};`))}
  ${isBytes ? rows((r) => `var square${r} = 0u;`) + each((j) => `var length${j} = 0u;`) : ""}
  for (var q = 0u; q < frame.quads; q++) {
    ${rows((r) => `let four${r} = x[start${r} + q * ${BLOCK}u];`)}
    let at = q * ${points}u;
    ${isBytes ? "var point = 0u;" : "var point = vec4<f32>();\nvar between = vec4<f32>();"}
    ${measure}
  }
  ${
    rows((r) =>
      `let row${r} = (block + ${r}u) * ${BLOCK}u + t;
  if (row${r} < frame.rows) { ${
        each((j) => `distances[${j}u * frame.rows + row${r}] = ${found(r, j)};`)
      } }`
    )
  }
}`;
}
