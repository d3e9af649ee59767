import type { HostMatrix } from "@mixtape/operations";
import type { Gpu } from "../gpu.ts";
import { RowStore } from "./row_store.ts";

/** Rows that sessions share, and how many do. */
interface Held {
  readonly shape: HostMatrix["shape"];
  store: RowStore | undefined;
  sessions: number;
}

const held = new WeakMap<GPUDevice, WeakMap<HostMatrix["values"], Held>>();

/**
 * A hold on rows that are uploaded when a session first needs them, and once for all sessions that
 * are open on the same array: the choice of starts and the steps from each of them.
 */
export class RowHold implements Disposable {
  readonly #gpu: Gpu;
  readonly #x: HostMatrix;
  readonly #rows: Held;
  #isHeld = true;

  /**
   * Holds rows.
   *
   * @param gpu The device.
   * @param x The rows, not changed as long as they are held.
   */
  constructor(gpu: Gpu, x: HostMatrix) {
    this.#gpu = gpu;
    this.#x = x;
    const ofDevice = held.get(gpu.device) ?? new WeakMap<HostMatrix["values"], Held>();
    held.set(gpu.device, ofDevice);
    const known = ofDevice.get(x.values);
    const isSame = known?.shape.every((size, axis) => size === x.shape[axis]);
    const rows = isSame ? known! : { shape: x.shape, store: undefined, sessions: 0 };
    // The same array in another shape is not shared.
    if (!known) ofDevice.set(x.values, rows);
    rows.sessions++;
    this.#rows = rows;
  }

  /**
   * The rows on the device.
   *
   * @throws {RangeError} If they do not fit its buffers; they are held no longer then.
   */
  get store(): RowStore {
    try {
      return this.#rows.store ??= new RowStore(this.#gpu, this.#x);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** Lets go of the rows, which are freed once no session holds them. */
  [Symbol.dispose](): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (--this.#rows.sessions > 0) return;
    this.#rows.store?.[Symbol.dispose]();
    const ofDevice = held.get(this.#gpu.device)!;
    if (ofDevice.get(this.#x.values) === this.#rows) ofDevice.delete(this.#x.values);
  }
}
