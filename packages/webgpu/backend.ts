import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type * as tf from "@tensorflow/tfjs-core";
import { DeviceFaults } from "./device_faults.ts";
import { smallProblems } from "./operations/small_problems.ts";

/**
 * TensorFlow.js's WebGPU backend, with two differences: what goes wrong on the device is an error of
 * the next read, and products are the same bits each time.
 */
export class CheckedWebGpuBackend extends WebGPUBackend {
  /** Record of the errors of the device. */
  readonly faults: DeviceFaults;
  /** True if kernels leave small problems to `simd`, as is set where that is present. */
  leavesSmall = false;
  /** Small problems, in words, by operation. */
  readonly smallProblems: Readonly<Record<string, string>> = smallProblems;

  /** Makes a backend that owns the device. */
  constructor(device: GPUDevice, adapter: GPUAdapterInfo) {
    super(device, adapter);
    this.faults = new DeviceFaults(device);
    // Below this number of workgroups, products of long rows are divided among workgroups that add
    // up float32 numbers as they come: in another order each time.
    this.thresholdToIncreaseWorkgroups = 0;
  }

  /** Runs a program of TensorFlow.js's; says so if the device is lost, not that a buffer is invalid. */
  override runWebGPUProgram(
    ...args: Parameters<WebGPUBackend["runWebGPUProgram"]>
  ): tf.TensorInfo {
    if (this.faults.isLost) this.faults.check();
    return super.runWebGPUProgram(...args);
  }

  /** Frees all memory, and the device, which TensorFlow.js leaves to whoever made it. */
  override dispose(): void {
    super.dispose();
    this.device.destroy();
  }

  /** Reads a tensor; fails if the device did since the read before. */
  override read(dataId: object): Promise<tf.backend_util.BackendValues> {
    return this.faults.during(super.read(dataId));
  }
}
