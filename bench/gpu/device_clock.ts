/** Most passes that are timed. */
const PASSES = 512;

/** Times the passes of a device by its own clock, from now until it is stopped. */
export class DeviceClock {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  readonly #begin = GPUCommandEncoder.prototype.beginComputePass;
  #passes = 0;

  /** Starts; the device must have the feature `timestamp-query`. */
  constructor(device: GPUDevice) {
    this.#device = device;
    this.#queries = device.createQuerySet({ type: "timestamp", count: 2 * PASSES });
    const begin = this.#begin;
    const next = (): GPUComputePassTimestampWrites | undefined => {
      if (this.#passes === PASSES) return undefined;
      const at = 2 * this.#passes++;
      const indices = { beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 };
      return { querySet: this.#queries, ...indices };
    };
    GPUCommandEncoder.prototype.beginComputePass = function (descriptor = {}) {
      return begin.call(this, { ...descriptor, timestampWrites: next() });
    };
  }

  /** Stops, where the device is not to be waited for. */
  abandon(): void {
    GPUCommandEncoder.prototype.beginComputePass = this.#begin;
  }

  /** Stops; returns the milliseconds that the device spent in passes. */
  async stop(): Promise<number> {
    this.abandon();
    const bytes = 16 * Math.max(1, this.#passes);
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const resolved = this.#device.createBuffer({ size: bytes, usage: QUERY_RESOLVE | COPY_SRC });
    const read = this.#device.createBuffer({ size: bytes, usage: COPY_DST | MAP_READ });
    const encoder = this.#device.createCommandEncoder();
    if (this.#passes > 0) encoder.resolveQuerySet(this.#queries, 0, 2 * this.#passes, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, read, 0, bytes);
    this.#device.queue.submit([encoder.finish()]);
    await read.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(read.getMappedRange());
    let nanoseconds = 0;
    for (let pass = 0; pass < this.#passes; pass++) {
      nanoseconds += Number(times[2 * pass + 1] - times[2 * pass]);
    }
    read.unmap();
    [resolved, read].forEach((buffer) => buffer.destroy());
    this.#queries.destroy();
    return nanoseconds / 1e6;
  }
}
