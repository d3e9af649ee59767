import * as tf from "@tensorflow/tfjs-core";
import type { SimdBackend } from "./backend.ts";

/** What a kernel is called with. */
export interface KernelArguments {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  // deno-lint-ignore no-explicit-any -- each kernel knows its own attributes
  readonly attrs: any;
  readonly backend: SimdBackend;
}

/**
 * A kernel of the `simd` backend, under TensorFlow.js's name for the operation or under a new one.
 * Kernels under a new name may return plain objects: their callers take them from the registry.
 */
export interface SimdKernel {
  readonly kernelName: string;
  readonly kernelFunc: (args: KernelArguments) => unknown;
}

/** Runs the CPU backend's kernel: for inputs that the SIMD kernel does not cover. */
export function runCpuKernel(kernelName: string, args: KernelArguments): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(kernelName, "cpu");
  return kernelFunc(args as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
}

/** Runs this backend's kernel of a TensorFlow.js operation. */
export function runSimdKernel(kernelName: string, args: KernelArguments): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(kernelName, "simd");
  return kernelFunc(args as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
}
