import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { elementwise } from "../module/elementwise.ts";
import { broadcastStrides } from "./broadcast_strides.ts";

/** Elements of a block, as in `kernels/elementwise.ts`. */
const BLOCK = 16384;

/** TensorFlow.js's names, by the kernel's number. */
const OPERATIONS: readonly string[] = [
  tf.Add,
  tf.Sub,
  tf.Multiply,
  tf.RealDiv,
  tf.Maximum,
  tf.Minimum,
  tf.SquaredDifference,
];

function binaryKernel(kernelName: string, number: number): SimdKernel {
  const kernelFunc = (args: KernelArguments) =>
    combine(args, number) ?? runCpuKernel(kernelName, args);
  return { kernelName, kernelFunc };
}

function combine({ inputs: { a, b }, backend }: KernelArguments, op: number) {
  if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const strides = broadcastStrides(a.shape, b.shape, shape);
  if (!strides) return undefined;
  const left = backend.float32Address(a);
  const right = backend.float32Address(b);
  if (left === undefined || right === undefined) return undefined;
  const { rows, columns, rowA, columnA, rowB, columnB } = strides;
  const bytes = [rowA, columnA, rowB, columnB].map((stride) => stride * 4);
  const blocks = Math.ceil(rows * columns / BLOCK);
  return backend.output(shape, (address) => {
    const job = [op, left, right, address, rows, columns, ...bytes];
    backend.runtime.run(elementwise, "binary", job, blocks);
  });
}

/** Element-wise kernels of two inputs. */
export const binaryKernels: readonly SimdKernel[] = OPERATIONS.map(binaryKernel);
