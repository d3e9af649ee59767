import { DeviceError, DeviceLostError } from "./device_error.ts";

/**
 * Hears what goes wrong on a device, which no call of WebGPU throws or returns: it makes commands
 * that are refused do nothing, so that buffers keep old values or zeros.
 */
export class DeviceFaults {
  #refused: string | undefined;
  #lost: string | undefined;

  /** Listens to a device from now on. */
  constructor(device: GPUDevice) {
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.#refused ??= firstLine((event as GPUUncapturedErrorEvent).error.message);
    });
    device.lost.then(({ message, reason }) => {
      this.#lost = firstLine(message) || reason || "no reason was given";
    });
  }

  /** True once the device is lost. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * Throws what went wrong since the last call.
   *
   * @throws {DeviceError} If the device refused a command.
   * @throws {DeviceLostError} If the device is lost.
   */
  check(): void {
    if (this.#lost !== undefined) {
      throw new DeviceLostError(
        `Cannot compute on webgpu: the device was lost (${this.#lost}), choose the backend again`,
      );
    }
    const refused = this.#refused;
    this.#refused = undefined;
    if (refused === undefined) return;
    throw new DeviceError(
      `Cannot compute on webgpu: the device refused a command (${refused}), ` +
        "use less data at once or the backend simd",
    );
  }

  /**
   * Awaits work of the device.
   *
   * @param work The promise of that work; if the device is lost meanwhile, this says so instead.
   * @returns The result of the work, unless something went wrong.
   */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    let result: Result;
    try {
      result = await work;
    } catch (error) {
      // The loss may be told only after the work that it ended.
      await nextTask();
      this.check();
      throw error;
    }
    this.check();
    return result;
  }
}

function firstLine(message: string): string {
  return message.split("\n").map((line) => line.trim()).find((line) => line !== "") ?? "";
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
