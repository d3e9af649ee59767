import { unrolled } from "../wgsl.ts";
import { BLOCK_ROWS, type FactorKind, MASK_WORDS, THREADS } from "./frame.ts";

/** Vectors of float64 that a task adds up. */
export const taskVectors: Readonly<Record<FactorKind, number>> = { matrix: 4, diagonal: 2 };

/** Tasks of a component: pairs of groups of four columns, of which the first is not before the second. */
export function tasksOf(factors: FactorKind, quads: number): number {
  return factors === "matrix" ? quads * (quads + 1) / 2 : quads;
}

interface Task {
  /** Finds the columns of `task`, and where its component's points begin. */
  readonly begin: string;
  /** Adds row `row`, whose share is `share`. */
  readonly add: string;
}

const tasks: Readonly<Record<FactorKind, Task>> = {
  matrix: {
    begin: `
    let tasks = frame.quads * (frame.quads + 1u) / 2u;
    let c = task / tasks;
    let pair = task % tasks;
    // The pairs (0, 0), (1, 0), (1, 1), (2, 0), …; the square root may be off by one.
    var i = u32((sqrt(8.0 * f32(pair) + 1.0) - 1.0) * 0.5);
    if (i * (i + 1u) / 2u > pair) { i--; }
    if ((i + 1u) * (i + 2u) / 2u <= pair) { i++; }
    let j = pair - i * (i + 1u) / 2u;
    let points = c * (2u * frame.quads + 1u) + 1u + frame.quads;
    let first = terms[points + i];
    let second = terms[points + j];`,
    add: `
        let a = share * (vec4<f64>(x[start + i * ${BLOCK_ROWS}u + row]) - first);
        let b = vec4<f64>(x[start + j * ${BLOCK_ROWS}u + row]) - second;
        sum0 += a.x * b;
        sum1 += a.y * b;
        sum2 += a.z * b;
        sum3 += a.w * b;`,
  },
  diagonal: {
    begin: `
    let c = task / frame.quads;
    let i = task % frame.quads;
    let first = terms[c * (2u * frame.quads + 1u) + 1u + frame.quads + i];`,
    add: `
        let a = vec4<f64>(x[start + i * ${BLOCK_ROWS}u + row]) - first;
        let b = share * a;
        sum0 += b * a;
        sum1 += b;`,
  },
};

/**
 * WGSL that adds the rows of a block to a workgroup's moments, those of the workgroup's first block
 * to 0. Rows are taken in their order, so that the bits are the same each time; masks say which.
 */
export function moments(factors: FactorKind): string {
  const vectors = taskVectors[factors];
  const each = (code: (v: number) => string) => unrolled(vectors, code);
  return `
  for (var task = t; task < frame.tasks; task += ${THREADS}u) {
    ${tasks[factors].begin}
    let to = kept + task * ${vectors}u;
    ${each((v) => `var sum${v} = vec4<f64>();`)}
    if (block > begin) { ${each((v) => `sum${v} = found[to + ${v}u];`)} }
    let start = block * frame.quads * ${BLOCK_ROWS}u;
    for (var word = 0u; word < ${MASK_WORDS}u; word++) {
      var bits = atomicLoad(&masks[marked + c * ${MASK_WORDS}u + word]);
      while (bits != 0u) {
        let row = word * 32u + firstTrailingBit(bits);
        bits &= bits - 1u;
        let share = shares[holding + c * ${BLOCK_ROWS}u + row];
        ${tasks[factors].add}
      }
    }
    ${each((v) => `found[to + ${v}u] = sum${v};`)}
  }`;
}
