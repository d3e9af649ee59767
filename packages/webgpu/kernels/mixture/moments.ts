import { unrolled } from "../wgsl.ts";
import { BLOCK_ROWS, type FactorKind, MASK_WORDS, THREADS } from "./frame.ts";

/** Vectors of float64 that a task adds up. */
export const taskVectors: Readonly<Record<FactorKind, number>> = { matrix: 8, diagonal: 2 };

/**
 * Tasks of a component: for each group of four columns of a matrix, those up to it, two at a time, so
 * that a row is read once for both.
 */
export function tasksOf(factors: FactorKind, quads: number): number {
  return factors === "matrix" ? Math.floor((quads + 1) ** 2 / 4) : quads;
}

interface Task {
  /** Finds the columns of `task`, and where its component's points begin. */
  readonly begin: string;
  /** Adds row `row`, whose share is `share`. */
  readonly add: string;
}

const parts = ["x", "y", "z", "w"];

const tasks: Readonly<Record<FactorKind, Task>> = {
  matrix: {
    begin: `
    let tasks = (frame.quads + 1u) * (frame.quads + 1u) / 4u;
    let c = task / tasks;
    let pair = task % tasks;
    // The pairs (0, 0), (1, 0), (2, 0), (2, 2), (3, 0), …; the square root may be off by one.
    var i = u32(sqrt(4.0 * f32(pair) + 3.0)) - 1u;
    if ((i + 1u) * (i + 1u) / 4u > pair) { i--; }
    if ((i + 2u) * (i + 2u) / 4u <= pair) { i++; }
    let j = 2u * (pair - (i + 1u) * (i + 1u) / 4u);
    let k = min(j + 1u, i); // what it adds up is not read if it is no group of its own
    let points = c * (2u * frame.quads + 1u) + 1u + frame.quads;
    let first = terms[points + i];
    let second = terms[points + j];
    let third = terms[points + k];`,
    add: `
        let a = share * (vec4<f64>(x[start + i * ${BLOCK_ROWS}u + row]) - first);
        let b = vec4<f64>(x[start + j * ${BLOCK_ROWS}u + row]) - second;
        let d = vec4<f64>(x[start + k * ${BLOCK_ROWS}u + row]) - third;
        ${parts.map((part, v) => `sum${v} += a.${part} * b;`).join("\n        ")}
        ${parts.map((part, v) => `sum${v + 4} += a.${part} * d;`).join("\n        ")}`,
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
