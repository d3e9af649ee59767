import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { elementwise } from "../module/elementwise.ts";

const BLOCK = 16384;

function add(args: KernelArguments): tf.TensorInfo {
  const { inputs: { a, b }, backend } = args;
  const same = tf.util.arraysEqual(a.shape, b.shape);
  const left = same ? backend.float32Address(a) : undefined;
  const right = same ? backend.float32Address(b) : undefined;
  if (left === undefined || right === undefined) return runCpuKernel(tf.Add, args);
  const { info, address } = backend.allocateOutput(a.shape);
  const size = tf.util.sizeFromShape(a.shape);
  backend.runtime.run(elementwise, "add", [left, right, address, size], Math.ceil(size / BLOCK));
  return info;
}

/** Element-wise kernels. */
export const elementwiseKernels: readonly SimdKernel[] = [
  { kernelName: tf.Add, kernelFunc: add },
];
