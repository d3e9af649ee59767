import type { HostMatrix, PlusPlusCandidates, PlusPlusSession } from "@mixtape/operations";
import { Gpu, grid, type Kernel, powerOfTwoFrom } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import { plusPlusDistances, POINTS } from "../kernels/plus_plus.ts";
import { BLOCK, BLOCKS } from "../kernels/rows.ts";
import { canScore, TOO_LARGE } from "./lloyd/turns.ts";
import { onProcessor } from "./processor.ts";
import { RowHold } from "./row_hold.ts";
import type { RowStore } from "./row_store.ts";
import { isSmallPlusPlus } from "./small_problems.ts";
import { squaredDistance } from "./squared_distance.ts";

/** Squared distances below this, in units of the device, may have lost digits to underflow. */
const LEAST = 2 ** -60;

/**
 * Share of |x| + |y| below which the distance of rows that were centred and rounded has lost too many
 * digits.
 */
const CANCELLATION = 0.05;

/** Distances to candidates on rows that stay on the device. */
class WebGpuPlusPlusSession implements PlusPlusSession {
  readonly #gpu: Gpu;
  readonly #x: HostMatrix;
  readonly #hold: RowHold;
  readonly #store: RowStore;
  readonly #points: GPUBuffer;
  readonly #parts: readonly { readonly found: GPUBuffer; readonly bindings: GPUBindGroup }[];
  readonly #staging: GPUBuffer;
  readonly #frames: GPUBuffer[] = [];
  /** Lengths of rows in units of the device, where they were centred. */
  readonly #lengths: Float64Array | undefined;
  #isOpen = true;
  #tried = new Uint32Array();
  #distances: Float64Array[] = [];

  constructor(gpu: Gpu, x: HostMatrix) {
    this.#gpu = gpu;
    this.#x = x;
    this.#hold = new RowHold(gpu, x);
    this.#store = this.#hold.store;
    const { quads, parts, origin } = this.#store;
    if (origin) this.#lengths = lengthsOf(x, origin, this.#store.scale);
    this.#points = gpu.storage(16 * quads * POINTS);
    this.#staging = gpu.staging(4 * POINTS * x.shape[0]);
    this.#parts = parts.map(({ rows, buffer }) => {
      const frame = gpu.uniform(16);
      gpu.write(frame, Uint32Array.of(rows, quads));
      this.#frames.push(frame);
      const found = gpu.storage(4 * POINTS * rows);
      const kernel = this.#kernelFor(1);
      return { found, bindings: gpu.bind(kernel, [buffer, this.#points, found, frame]) };
    });
  }

  async candidates(rows: Uint32Array, closest: Float64Array): Promise<PlusPlusCandidates> {
    await this.#measure(rows);
    const potentials = new Float64Array(rows.length);
    this.#distances.forEach((distances, c) => {
      let sum = 0;
      for (let i = 0; i < distances.length; i++) sum += Math.min(closest[i], distances[i]);
      potentials[c] = sum;
    });
    return { potentials };
  }

  async accept(row: number, closest: Float64Array): Promise<void> {
    if (!this.#tried.includes(row)) await this.#measure(Uint32Array.of(row));
    const distances = this.#distances[this.#tried.indexOf(row)];
    for (let i = 0; i < closest.length; i++) closest[i] = Math.min(closest[i], distances[i]);
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#hold[Symbol.dispose]();
    const own = [this.#points, this.#staging, ...this.#frames];
    [...own, ...this.#parts.map(({ found }) => found)].forEach((buffer) => buffer.destroy());
  }

  async #measure(rows: Uint32Array): Promise<void> {
    if (!this.#isOpen) {
      throw new TypeError("Cannot use a session: it was disposed of, open another one");
    }
    const distances: Float64Array[] = [];
    for (let first = 0; first < rows.length; first += POINTS) {
      distances.push(...await this.#measureFew(rows.subarray(first, first + POINTS)));
    }
    this.#tried = rows.slice();
    this.#distances = distances;
  }

  async #measureFew(rows: Uint32Array): Promise<Float64Array[]> {
    const gpu = this.#gpu;
    const { parts } = this.#store;
    const width = powerOfTwoFrom(rows.length);
    gpu.write(this.#points, this.#pack(rows, width));
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#kernelFor(width).pipeline);
    this.#parts.forEach(({ bindings }, part) => {
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(...grid(Math.ceil(parts[part].rows / (BLOCK * BLOCKS))));
    });
    pass.end();
    const starts = parts.map(({ start, rows: count }, part) => {
      const bytes = 4 * rows.length * count;
      encoder.copyBufferToBuffer(
        this.#parts[part].found,
        0,
        this.#staging,
        4 * rows.length * start,
        bytes,
      );
      return rows.length * start;
    });
    const bytes = await gpu.read(encoder, this.#staging);
    const found = this.#store.storage === "bytes"
      ? new Uint32Array(bytes)
      : new Float32Array(bytes);
    return Array.from(rows, (row, c) => {
      const distances = new Float64Array(this.#x.shape[0]);
      parts.forEach(({ start, rows: count }, part) => {
        const at = starts[part] + c * count;
        for (let i = 0; i < count; i++) distances[start + i] = found[at + i];
      });
      this.#finish(distances, row);
      return distances;
    });
  }

  /** Compiles the kernel for a number of points; the bindings of all are alike. */
  #kernelFor(points: number): Kernel {
    const code = plusPlusDistances(this.#store.storage, points);
    return this.#gpu.kernel(code, ["read", "read", "write", "uniform"]);
  }

  /** Lays out rows as `width` points: of each the first 16 bytes, then of each the next. */
  #pack(rows: Uint32Array, width: number): Uint32Array {
    const { values, shape: [, d] } = this.#x;
    const { storage, quads } = this.#store;
    const packed = new Uint32Array(4 * quads * width);
    const bytes = new Uint8Array(16 * quads);
    const numbers = new Float32Array(bytes.buffer);
    const words = new Uint32Array(bytes.buffer);
    rows.forEach((row, c) => {
      const own = values.subarray(row * d, (row + 1) * d);
      if (storage === "bytes") bytes.set(own);
      else numbers.set(this.#store.convert(Float64Array.from(own)));
      words.forEach((word, at) => packed[((at >> 2) * width + c) * 4 + at % 4] = word);
    });
    return packed;
  }

  /** Converts distances to the units of the caller, and measures anew those that lost digits. */
  #finish(distances: Float64Array, row: number): void {
    const { storage, scale } = this.#store;
    if (storage === "bytes") return;
    const lengths = this.#lengths;
    const { values, shape: [, d] } = this.#x;
    for (let i = 0; i < distances.length; i++) {
      const least = lengths ? (CANCELLATION * (lengths[i] + lengths[row])) ** 2 : 0;
      const isExact = distances[i] > Math.max(least, LEAST);
      distances[i] = isExact
        ? distances[i] / scale / scale
        : squaredDistance(values, i, values, row, d);
    }
  }
}

/** Opens the choice of start centroids on data. */
export function openPlusPlus(
  { attrs, backend }: NamedCall<"MixtapePlusPlus">,
): PlusPlusSession {
  if (backend.leavesSmall && isSmallPlusPlus(attrs)) {
    return onProcessor("MixtapePlusPlus", attrs, "it is small");
  }
  const gpu = new Gpu(backend);
  if (!canScore(attrs.x.shape[1], POINTS, gpu.mostBytes)) {
    return onProcessor("MixtapePlusPlus", attrs, TOO_LARGE);
  }
  return new WebGpuPlusPlusSession(gpu, attrs.x);
}

function lengthsOf(
  { values, shape: [n, d] }: HostMatrix,
  origin: Float64Array,
  scale: number,
): Float64Array {
  const lengths = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let p = 0; p < d; p++) sum += ((values[i * d + p] - origin[p]) * scale) ** 2;
    lengths[i] = Math.sqrt(sum);
  }
  return lengths;
}
