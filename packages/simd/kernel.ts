import type { KernelCall, OperationName } from "@mixtape/operations";
import * as tf from "@tensorflow/tfjs-core";
import type { SimdBackend } from "./backend.ts";
import type { SimdRuntime } from "./runtime.ts";

/** Argument of a kernel of a TensorFlow.js operation. */
export interface KernelArguments<Attributes extends object = object> {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Attributes;
  readonly backend: SimdBackend;
}

/** A kernel of the `simd` backend for a TensorFlow.js operation, whatever attributes that has. */
export interface SimdKernel {
  readonly kernelName: string;
  readonly kernelFunc: (args: KernelArguments<never>) => tf.TensorInfo;
}

/**
 * Argument of a kernel of a named operation; such a kernel needs only the runtime of the backend.
 */
export type NamedCall<Name extends OperationName> = KernelCall<
  Name,
  { readonly runtime: SimdRuntime }
>;

/** Runs the CPU backend's kernel, for inputs that the SIMD kernel does not cover. */
export function runCpuKernel(kernelName: string, args: KernelArguments): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(kernelName, "cpu");
  return kernelFunc(args as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
}

/** Runs this backend's kernel of a TensorFlow.js operation. */
export function runSimdKernel(kernelName: string, args: KernelArguments): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(kernelName, "simd");
  return kernelFunc(args as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
}
