import type { DistanceSumsAttributes, DistanceSumsSession } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { distanceSums } from "../module/distance_sums.ts";
import type { SimdRuntime } from "../runtime.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Rows of a block and of a panel, as in kernels/distance_sums.ts. */
const SIDE = 64;
const PANEL = 4;
/** Distances of a pair of blocks, row by row and column by column. */
const SCRATCH_BYTES = 2 * 8 * SIDE * SIDE;
/** Squares that are added in one step: some 10 ms of work. */
const STEP_SQUARES = 2 ** 26;
/** Squares that take as long as to add a distance to the sums of its two rows. */
const PER_LABELING = 4;

/** Rows in WebAssembly memory, and the sums of their distances. */
class SimdDistanceSums implements DistanceSumsSession {
  readonly #runtime: SimdRuntime;
  readonly #attributes: DistanceSumsAttributes;
  readonly #blocks: number;
  readonly #clusters: number;
  readonly #panels: number;
  readonly #codes: number;
  readonly #sums: number;
  /** Blocks meet themselves in the round before the first. */
  #round = -1;
  #pair = 0;

  constructor(runtime: SimdRuntime, attributes: DistanceSumsAttributes) {
    const { x: { shape: [n, d] }, labelings } = attributes;
    const { memory } = runtime;
    this.#runtime = runtime;
    this.#attributes = attributes;
    this.#blocks = Math.ceil(n / SIDE);
    this.#clusters = labelings.reduce((sum, { clusters }) => sum + clusters, 0);
    const rows = this.#blocks * SIDE;
    const panelBytes = 8 * rows * d;
    const codeBytes = 8 * Math.ceil(n * labelings.length / 2);
    const sumBytes = 8 * rows * this.#clusters;
    this.#panels = memory.allocate(panelBytes + codeBytes + sumBytes);
    this.#codes = this.#panels + panelBytes;
    this.#sums = this.#codes + codeBytes;
    writePanels(attributes.x, memory.float64(this.#panels, rows * d));
    writeCodes(attributes, memory.int32(this.#codes, n * labelings.length));
    memory.float64(this.#sums, rows * this.#clusters).fill(0);
  }

  advance(): boolean {
    const { x: { shape: [n, d] }, labelings } = this.#attributes;
    const { memory, threads } = this.#runtime;
    const pairs = this.#round < 0 ? this.#blocks : Math.ceil(this.#blocks / 2);
    const pairWork = SIDE * SIDE * (d + PER_LABELING * labelings.length);
    const most = Math.max(1, Math.floor(STEP_SQUARES / pairWork));
    const end = Math.min(pairs, this.#pair + most);
    memory.borrow(SCRATCH_BYTES * threads, (scratch) => {
      this.#runtime.run(distanceSums, "addDistances", [
        ...[this.#panels, this.#codes, this.#sums, scratch, SCRATCH_BYTES, n, d],
        ...[labelings.length, this.#clusters, this.#blocks, this.#round, this.#pair, end],
      ], end - this.#pair);
    });
    this.#pair = end;
    if (end < pairs) return true;
    this.#pair = 0;
    this.#round++;
    return this.#blocks > 1 && this.#round < (this.#blocks - 1 | 1);
  }

  sums(): Float64Array[] {
    const n = this.#attributes.x.shape[0];
    const all = this.#runtime.memory.float64(this.#sums, this.#blocks * SIDE * this.#clusters);
    let first = 0;
    return this.#attributes.labelings.map(({ clusters }) => {
      const own = new Float64Array(n * clusters);
      for (let i = 0; i < n; i++) {
        const from = (Math.floor(i / SIDE) * this.#clusters + first) * SIDE + i % SIDE;
        for (let c = 0; c < clusters; c++) own[i * clusters + c] = all[from + c * SIDE];
      }
      first += clusters;
      return own;
    });
  }

  [Symbol.dispose](): void {
    this.#runtime.memory.free(this.#panels);
  }
}

function writePanels({ values, shape: [n, d] }: DistanceSumsAttributes["x"], to: Float64Array) {
  // What is left of the last block is measured too, and not added.
  to.fill(0, Math.floor(n / PANEL) * PANEL * d);
  for (let i = 0; i < n; i++) {
    let at = Math.floor(i / PANEL) * PANEL * d + i % PANEL;
    for (let p = i * d; p < (i + 1) * d; p++, at += PANEL) to[at] = values[p];
  }
}

/** Numbers the clusters of all divisions together. */
function writeCodes({ labelings }: DistanceSumsAttributes, to: Int32Array): void {
  let first = 0;
  labelings.forEach(({ labels, clusters }, at) => {
    for (let i = 0; i < labels.length; i++) to[i * labelings.length + at] = first + labels[i];
    first += clusters;
  });
}

/** Opens the sums of the distances of each row to the rows of each cluster. */
export function openDistanceSums(
  { attrs, backend }: NamedCall<"MixtapeDistanceSums">,
): SimdDistanceSums {
  return untilDisposed(new SimdDistanceSums(backend.runtime, attrs));
}
