import { BLOCK, type RowStorage } from "./rows.ts";

/** Points whose distances a thread measures at the same time. */
export const POINTS = 8;

/**
 * WGSL that measures squared distances of all rows to a few points: of bytes exactly, in integers; of
 * float32 numbers by differences, so that nothing cancels.
 *
 * @param storage Storage of the rows.
 */
export function plusPlusDistances(storage: RowStorage): string {
  const each = (code: (j: number) => string) =>
    Array.from({ length: POINTS }, (_, j) => code(j)).join("\n");
  const [type, zero] = storage === "bytes" ? ["u32", "0u"] : ["f32", "0.0"];
  const measure = storage === "bytes"
    ? each((j) =>
      `point = points[q * ${POINTS}u + ${j}u];
      for (var w = 0u; w < 4u; w++) {
        sum${j} += dot4U8Packed(four[w], four[w]) + dot4U8Packed(point[w], point[w]) - 2u * dot4U8Packed(four[w], point[w]);
      }`
    )
    : each((j) =>
      `between = bitcast<vec4<f32>>(four) - bitcast<vec4<f32>>(points[q * ${POINTS}u + ${j}u]);
      sum${j} += dot(between, between);`
    );
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
  let block = group.y * groups.x + group.x;
  let row = block * ${BLOCK}u + t;
  if (row >= frame.rows) { return; }
  ${each((j) => `var sum${j} = ${zero};`)}
  for (var q = 0u; q < frame.quads; q++) {
    let four = x[(block * frame.quads + q) * ${BLOCK}u + t];
    ${storage === "bytes" ? "var point = vec4<u32>();" : "var between = vec4<f32>();"}
    ${measure}
  }
  ${each((j) => `distances[${j}u * frame.rows + row] = sum${j};`)}
}`;
}
