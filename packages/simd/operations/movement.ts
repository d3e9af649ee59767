import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { movement } from "../module/movement.ts";
import { rowsOfBlock } from "./rows_of_block.ts";

/** Columns of a block of a transposition, as in `kernels/movement.ts`. */
const STRIPE = 64;

function transpose(args: KernelArguments<tf.TransposeAttrs>): tf.TensorInfo {
  const { inputs: { x }, attrs: { perm }, backend } = args;
  const rank = x.shape.length;
  const address = swapsLastTwo(perm) && tf.util.sizeFromShape(x.shape) > 0
    ? backend.float32Address(x)
    : undefined;
  if (address === undefined) return runCpuKernel(tf.Transpose, args);
  const [rows, columns] = x.shape.slice(-2);
  const outer = x.shape.slice(0, rank - 2);
  const matrices = tf.util.sizeFromShape(outer);
  const blocks = Math.ceil(columns / STRIPE) * matrices;
  return backend.output([...outer, columns, rows], (output) => {
    const job = [address, output, rows, columns, matrices];
    backend.runtime.run(movement, "transposeMatrices", job, blocks);
  });
}

function swapsLastTwo(perm: readonly number[]): boolean {
  const last = perm.length - 1;
  return last >= 1 && perm.every((axis, i) => {
    if (i === last) return axis === last - 1;
    return i === last - 1 ? axis === last : axis === i;
  });
}

/** Rows by index, the first axis only. */
function gather(args: KernelArguments<tf.GatherV2Attrs>): tf.TensorInfo {
  const { inputs: { x, indices }, attrs: { axis, batchDims }, backend } = args;
  const index = backend.data.get(indices.dataId).values;
  const whole = axis === 0 && !batchDims && index instanceof Int32Array && index.length > 0 &&
    index.every((row) => row >= 0 && row < x.shape[0]);
  const columns = tf.util.sizeFromShape(x.shape.slice(1));
  const address = whole && columns > 0 ? backend.float32Address(x) : undefined;
  if (address === undefined) return runCpuKernel(tf.GatherV2, args);
  const rows = index as Int32Array;
  const step = rowsOfBlock(columns);
  const { runtime, runtime: { memory } } = backend;
  return backend.output([...indices.shape, ...x.shape.slice(1)], (output) => {
    memory.borrow(rows.byteLength, (rowsAt) => {
      memory.int32(rowsAt, rows.length).set(rows);
      const job = [address, output, rowsAt, rows.length, columns * 4, step];
      runtime.run(movement, "gatherRows", job, Math.ceil(rows.length / step));
    });
  });
}

/** Kernels that move values without computing. */
export const movementKernels: readonly SimdKernel[] = [
  { kernelName: tf.Transpose, kernelFunc: transpose },
  { kernelName: tf.GatherV2, kernelFunc: gather },
];
