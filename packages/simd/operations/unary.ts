import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { elementwise } from "../module/elementwise.ts";

/** Elements of a block, as in `kernels/elementwise.ts`. */
const BLOCK = 16384;

/** A kernel under TensorFlow.js's name, with its number and its two parameters where it has any. */
function unaryKernel<Attributes extends object>(
  kernelName: string,
  number: number,
  parameters?: (attrs: Attributes) => readonly [number, number],
): SimdKernel {
  const kernelFunc = (args: KernelArguments<Attributes>) => {
    const { inputs: { x }, attrs, backend } = args;
    const input = x.dtype === "float32" ? backend.float32Address(x) : undefined;
    if (input === undefined) return runCpuKernel(kernelName, args);
    const size = tf.util.sizeFromShape(x.shape);
    const [p, q] = parameters?.(attrs) ?? [0, 0];
    const blocks = Math.ceil(size / BLOCK);
    return backend.output(x.shape, (address) => {
      backend.runtime.run(elementwise, "unary", [number, input, address, size, p, q], blocks);
    });
  };
  return { kernelName, kernelFunc };
}

/** Element-wise kernels of one input. */
export const unaryKernels: readonly SimdKernel[] = [
  unaryKernel(tf.Relu, 0),
  unaryKernel(tf.Relu6, 1),
  unaryKernel(tf.Sigmoid, 2),
  unaryKernel(tf.Exp, 3),
  unaryKernel(tf.Neg, 4),
  unaryKernel(tf.Abs, 5),
  unaryKernel(tf.Square, 6),
  unaryKernel(tf.Sqrt, 7),
  unaryKernel(tf.Rsqrt, 8),
  unaryKernel(tf.Reciprocal, 9),
  unaryKernel(tf.Step, 10, ({ alpha }: tf.StepAttrs) => [alpha, 0]),
  unaryKernel(tf.LeakyRelu, 11, ({ alpha }: tf.LeakyReluAttrs) => [alpha, 0]),
  unaryKernel(
    tf.ClipByValue,
    12,
    ({ clipValueMin, clipValueMax }: tf.ClipByValueAttrs) => [clipValueMin, clipValueMax],
  ),
  unaryKernel(tf.Log, 13),
  unaryKernel(tf.Tanh, 14),
];
