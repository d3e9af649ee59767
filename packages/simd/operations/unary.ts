import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { elementwise } from "../module/elementwise.ts";

/** Elements of a block, as in `kernels/elementwise.ts`. */
const BLOCK = 16384;

/** TensorFlow.js's name, the kernel's number, and its two parameters. */
interface UnaryOperation {
  readonly kernelName: string;
  readonly number: number;
  readonly parameters?: (attrs: KernelArguments["attrs"]) => readonly [number, number];
}

const OPERATIONS: readonly UnaryOperation[] = [
  { kernelName: tf.Relu, number: 0 },
  { kernelName: tf.Relu6, number: 1 },
  { kernelName: tf.Sigmoid, number: 2 },
  { kernelName: tf.Exp, number: 3 },
  { kernelName: tf.Neg, number: 4 },
  { kernelName: tf.Abs, number: 5 },
  { kernelName: tf.Square, number: 6 },
  { kernelName: tf.Sqrt, number: 7 },
  { kernelName: tf.Rsqrt, number: 8 },
  { kernelName: tf.Reciprocal, number: 9 },
  { kernelName: tf.Step, number: 10, parameters: ({ alpha }) => [alpha, 0] },
  { kernelName: tf.LeakyRelu, number: 11, parameters: ({ alpha }) => [alpha, 0] },
  {
    kernelName: tf.ClipByValue,
    number: 12,
    parameters: ({ clipValueMin, clipValueMax }) => [clipValueMin, clipValueMax],
  },
  { kernelName: tf.Log, number: 13 },
  { kernelName: tf.Tanh, number: 14 },
];

function unaryKernel({ kernelName, number, parameters }: UnaryOperation): SimdKernel {
  const kernelFunc = (args: KernelArguments) => {
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
export const unaryKernels: readonly SimdKernel[] = OPERATIONS.map(unaryKernel);
