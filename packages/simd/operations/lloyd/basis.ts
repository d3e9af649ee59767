import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Values } from "../../structure.ts";
import { toPanels } from "./panels.ts";
import type { Regions } from "../../memory/regions.ts";
import type { Sample } from "./sample.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of rows in a block of the kernel. */
const BLOCK = 512;
/**
 * Number of subspace iterations: after two, the basis holds nearly as much variance as the best one
 * would.
 */
const TURNS = 2;

/**
 * Computes an orthonormal basis of approximately the directions in which sampled rows vary most,
 * size × d, by subspace iteration. Any orthonormal basis gives valid bounds; a good one gives tight
 * bounds.
 *
 * @param data The rows.
 */
export function principalBasis(
  runtime: SimdRuntime,
  regions: Regions,
  data: Values<typeof structures.data>,
  sample: Sample,
  size: number,
  shift: Float64Array,
): Float64Array {
  const { d } = data;
  const { memory, threads } = runtime;
  const blocks = Math.ceil(sample.rows.length / BLOCK);
  const blockLength = (d + 1) * size;
  const scratchBytes = 64 * 4 * size;
  const list = regions.place(sample.rows);
  const panels = regions.allocate(4 * d * size);
  const bias = regions.allocate(4 * size);
  const scratch = regions.allocate(scratchBytes * threads);
  const statistics = regions.allocate(4 * blockLength * blocks);
  const factors = { factorPanels: panels, factorCount: size, factorBias: bias };
  const given = [
    pack(structures.data, data),
    pack(structures.factors, factors),
    pack(structures.sample, { sampleRows: list, sampleCount: sample.rows.length }),
    pack(structures.description, { meanLength: 0, coordinateError: 0, statistics }),
    pack(structures.workspace, { scratch, scratchBytes }),
  ] as const;
  let basis = randomDirections(size, d);
  for (let turn = 0; turn <= TURNS; turn++) {
    memory.float32(panels, d * size).set(toPanels(basis, d, size));
    memory.float32(bias, size).set(products(basis, shift));
    runJob(runtime, "turnBasis", given, blocks);
    basis = readTurned(memory.float32(statistics, blockLength * blocks), d, size, shift);
    orthonormalize(basis, d);
  }
  for (const address of [list, panels, bias, scratch, statistics]) regions.free(address);
  return basis;
}

/** Returns start directions that no data is orthogonal to except by design; the same every time. */
function randomDirections(size: number, d: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length: size * d }, () => {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    return state / 2 ** 31;
  });
}

/** Multiplies each row of `basis` by `vector`. */
export function products(basis: Float64Array, vector: Float64Array): Float64Array {
  const d = vector.length;
  return Float64Array.from({ length: basis.length / d }, (_, s) => {
    let total = 0;
    for (let p = 0; p < d; p++) total += basis[s * d + p] * vector[p];
    return total;
  });
}

/** Returns the sum over blocks of (Σ x ⊗ z) − shift ⊗ Σ z, by rows of z. */
function readTurned(
  blocks: Float32Array,
  d: number,
  size: number,
  shift: Float64Array,
): Float64Array {
  const turned = new Float64Array(size * d);
  const length = (d + 1) * size;
  for (let first = 0; first < blocks.length; first += length) {
    for (let p = 0; p < d; p++) {
      for (let s = 0; s < size; s++) {
        const offset = shift[p] * blocks[first + d * size + s];
        turned[s * d + p] += blocks[first + p * size + s] - offset;
      }
    }
  }
  return turned;
}

/**
 * Orthonormalises rows by Gram-Schmidt, twice, because one pass leaves errors from cancellation; a
 * dependent row becomes 0.
 */
function orthonormalize(rows: Float64Array, d: number): void {
  for (let first = 0; first < rows.length; first += d) {
    const row = rows.subarray(first, first + d);
    const before = Math.sqrt(dot(row, row));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < first; other += d) {
        const against = rows.subarray(other, other + d);
        const share = dot(row, against);
        for (let p = 0; p < d; p++) row[p] -= share * against[p];
      }
    }
    const length = Math.sqrt(dot(row, row));
    const dependent = !(length > 1e-6 * before) || !Number.isFinite(length);
    for (let p = 0; p < d; p++) row[p] = dependent ? 0 : row[p] / length;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let p = 0; p < a.length; p++) total += a[p] * b[p];
  return total;
}

/** Returns the length of a vector. */
export function lengthOf(vector: Float64Array): number {
  return Math.sqrt(products(vector, vector)[0]);
}
