import { BLOCK, BLOCKS, rowStarts, type RowStorage } from "./rows.ts";
import { mainOf, unrolled } from "./wgsl.ts";

/** Most points whose distances a thread measures at the same time. */
export const POINTS = 8;

/**
 * WGSL that measures squared distances of all rows to a few points: of bytes exactly, in integers; of
 * float32 numbers by differences, so that nothing cancels.
 *
 * @param storage Storage of the rows.
 * @param points Number of points.
 */
export function plusPlusDistances(storage: RowStorage, points: number): string {
  const rows = (code: (r: number) => string) => unrolled(BLOCKS, code);
  const each = (code: (j: number) => string) => unrolled(points, code);
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

${mainOf(BLOCK)} {
  ${rowStarts()}
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
