import * as tf from "@tensorflow/tfjs-core";
import type { CheckedWebGpuBackend } from "../backend.ts";
import { registerWebGpuBackend } from "../register.ts";

/** True where there is an adapter, be it of software; tests that need one are ignored otherwise. */
export const hasAdapter: boolean = Boolean(
  await (globalThis.navigator as Navigator | undefined)?.gpu?.requestAdapter().catch(() => null),
);

// Where a program of tests left its device to its exit, a driver of software has ended it by a fault of the heap.
addEventListener("unload", () => {
  if (tf.engine().registry["webgpu"]) tf.removeBackend("webgpu");
});

/** Makes `webgpu` the current backend, on a device that is not lost and takes problems of any size. */
export async function startWebGpu(): Promise<CheckedWebGpuBackend> {
  registerWebGpuBackend();
  await tf.setBackend("webgpu");
  const backend = tf.backend() as CheckedWebGpuBackend;
  backend.leavesSmall = false;
  return backend;
}
