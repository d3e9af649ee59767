import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, runSimdKernel, type SimdKernel } from "../kernel.ts";
import { product } from "./product.ts";

/** Activations that the product applies itself, by their number in the kernel. */
const FUSED_ACTIVATIONS = ["linear", "relu", "relu6", "sigmoid"];

const OTHER_ACTIVATIONS: Readonly<Record<string, string>> = {
  elu: tf.Elu,
  leakyrelu: tf.LeakyRelu,
  prelu: tf.Prelu,
};

interface Shapes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batchA: number;
  readonly batchB: number;
  readonly output: number[];
}

function batchMatMul(args: KernelArguments<tf.BatchMatMulAttrs>): tf.TensorInfo {
  return multiplyAll(args) ?? runCpuKernel(tf.BatchMatMul, args);
}

function fusedMatMul(args: KernelArguments<tf._FusedMatMulAttrs>): tf.TensorInfo {
  const { inputs: { bias, preluActivationWeights: alpha }, attrs, backend } = args;
  const { activation = "linear" } = attrs;
  const fused = FUSED_ACTIVATIONS.indexOf(activation);
  const whole = fused >= 0 ? multiplyAll(args, bias, fused) : undefined;
  if (whole) return whole;
  let current = batchMatMul({ ...args, inputs: { a: args.inputs.a, b: args.inputs.b } });
  const replace = (next: tf.TensorInfo) => {
    backend.disposeIntermediateTensorInfo(current);
    current = next;
  };
  if (bias) replace(runSimdKernel(tf.Add, { ...args, inputs: { a: current, b: bias } }));
  if (activation === "linear") return current;
  const inputs: KernelArguments["inputs"] = alpha ? { x: current, alpha } : { x: current };
  const kernelName = OTHER_ACTIVATIONS[activation] ?? unfusedName(activation);
  replace(runSimdKernel(kernelName, { inputs, attrs: { alpha: attrs.leakyreluAlpha }, backend }));
  return current;
}

function unfusedName(activation: string): string {
  return { relu: tf.Relu, relu6: tf.Relu6, sigmoid: tf.Sigmoid }[activation]!;
}

/** Every product of the batch; undefined where the kernel does not apply. */
function multiplyAll(
  { inputs: { a, b }, attrs: { transposeA, transposeB }, backend }: KernelArguments<
    tf.BatchMatMulAttrs
  >,
  bias?: tf.TensorInfo,
  activation = 0,
): tf.TensorInfo | undefined {
  const shapes = shapesOf(a.shape, b.shape, transposeA, transposeB);
  const { m, n, k, batchA, batchB, output } = shapes;
  if (m * n * k * batchA * batchB === 0) return undefined;
  if (bias && (tf.util.sizeFromShape(bias.shape) !== n || bias.shape.at(-1) !== n)) {
    return undefined;
  }
  const left = backend.float32Address(a);
  const right = backend.float32Address(b);
  const biasAddress = bias ? backend.float32Address(bias) : 0;
  if (left === undefined || right === undefined || biasAddress === undefined) return undefined;
  const every = { m, n, k, transposeA, transposeB, bias: biasAddress, activation };
  return backend.output(output, (address) => {
    for (let i = 0; i < Math.max(batchA, batchB); i++) {
      product(backend.runtime, {
        ...every,
        a: left + (i % batchA) * m * k * 4,
        b: right + (i % batchB) * k * n * 4,
        output: address + i * m * n * 4,
      });
    }
  });
}

function shapesOf(a: number[], b: number[], transposeA: boolean, transposeB: boolean): Shapes {
  const [k, m] = transposeA ? a.slice(-2) : a.slice(-2).reverse();
  const [n, kOfB] = transposeB ? b.slice(-2) : b.slice(-2).reverse();
  tf.util.assert(
    k === kOfB,
    () => `Cannot multiply shapes [${a}] and [${b}]: inner dimensions are ${k} and ${kOfB}`,
  );
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.slice(0, -2), b.slice(0, -2));
  const batchA = tf.util.sizeFromShape(a.slice(0, -2));
  const batchB = tf.util.sizeFromShape(b.slice(0, -2));
  return { m, n, k, batchA, batchB, output: [...outer, m, n] };
}

/** Matrix products. */
export const matmulKernels: readonly SimdKernel[] = [
  { kernelName: tf.BatchMatMul, kernelFunc: batchMatMul },
  { kernelName: tf._FusedMatMul, kernelFunc: fusedMatMul },
];
