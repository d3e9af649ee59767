import * as tf from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { reduce } from "../module/reduce.ts";
import { rowsOfBlock } from "./rows_of_block.ts";

/** Elements of a block, as in `kernels/reduce.ts`. */
const BLOCK = 16384;

/** Partial sums of a column that the host adds up at most. */
const MOST_PARTIALS = 64;

/** A tensor seen as [rows, columns], of which one axis goes. */
interface Reduction {
  readonly x: number;
  readonly rows: number;
  readonly columns: number;
  /** Axis that is reduced: `columns` (each row has a result) or `rows` (each column has one). */
  readonly along: "columns" | "rows";
  readonly shape: number[];
}

function sum(args: KernelArguments<tf.SumAttrs>): tf.TensorInfo {
  const reduction = reductionOf(args, args.attrs.axis);
  return reduction ? sumOf(args.backend, reduction, 1) : runCpuKernel(tf.Sum, args);
}

function mean(args: KernelArguments<tf.MeanAttrs>): tf.TensorInfo {
  const reduction = reductionOf(args, args.attrs.axis);
  if (!reduction) return runCpuKernel(tf.Mean, args);
  const count = reduction.along === "columns" ? reduction.columns : reduction.rows;
  return sumOf(args.backend, reduction, 1 / count);
}

function max(args: KernelArguments<tf.MaxAttrs>): tf.TensorInfo {
  const reduction = reductionOf(args, args.attrs.reductionIndices);
  if (reduction?.along !== "columns") return runCpuKernel(tf.Max, args);
  const { x, rows, columns, shape } = reduction;
  const step = rowsOfBlock(columns);
  return args.backend.output(shape, (address) => {
    const job = [x, address, rows, columns, step];
    args.backend.runtime.run(reduce, "maxRows", job, Math.ceil(rows / step));
  });
}

/** The reduction that `axis` asks for; undefined if it does not fold into two axes of float32. */
function reductionOf(
  { inputs: { x }, attrs, backend }: KernelArguments<{ keepDims: boolean }>,
  axis: number | number[],
): Reduction | undefined {
  const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const rank = x.shape.length;
  const size = tf.util.sizeFromShape(x.shape);
  const trailing = axes.every((at, i) => at === rank - axes.length + i);
  const leading = axes.every((at, i) => at === i);
  const address = x.dtype === "float32" && size > 0 && axes.length > 0 && (trailing || leading)
    ? backend.float32Address(x)
    : undefined;
  if (address === undefined) return undefined;
  const [kept, gone] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  const keptSize = tf.util.sizeFromShape(kept);
  const goneSize = tf.util.sizeFromShape(gone);
  return {
    x: address,
    rows: trailing ? keptSize : goneSize,
    columns: trailing ? goneSize : keptSize,
    along: trailing ? "columns" : "rows",
    shape: attrs.keepDims ? tf.backend_util.expandShapeToKeepDim(kept, axes) : kept,
  };
}

function sumOf(backend: SimdBackend, reduction: Reduction, scale: number): tf.TensorInfo {
  return backend.output(reduction.shape, (address) => {
    if (reduction.along === "rows") sumColumns(backend, reduction, scale, address);
    else if (reduction.rows === 1) sumAll(backend, reduction, scale, address);
    else sumRows(backend, reduction, scale, address);
  });
}

function sumRows(
  { runtime }: SimdBackend,
  { x, rows, columns }: Reduction,
  scale: number,
  output: number,
): void {
  const step = rowsOfBlock(columns);
  const args = [x, output, rows, columns, scale, step];
  runtime.run(reduce, "sumRows", args, Math.ceil(rows / step));
}

function sumAll(
  { runtime }: SimdBackend,
  { x, columns }: Reduction,
  scale: number,
  output: number,
): void {
  const { memory } = runtime;
  const blocks = Math.ceil(columns / BLOCK);
  memory.borrow(blocks * 8, (partial) => {
    runtime.run(reduce, "sumBlocks", [x, partial, columns], blocks);
    let total = 0;
    for (const value of memory.float64(partial, blocks)) total += value;
    memory.float32(output, 1)[0] = total * scale;
  });
}

function sumColumns(
  { runtime }: SimdBackend,
  { x, rows, columns }: Reduction,
  scale: number,
  output: number,
): void {
  const { memory } = runtime;
  const step = Math.max(rowsOfBlock(columns), Math.ceil(rows / MOST_PARTIALS));
  const blocks = Math.ceil(rows / step);
  memory.borrow(blocks * columns * 8, (partial) => {
    runtime.run(reduce, "sumColumns", [x, partial, rows, columns, step], blocks);
    const partials = memory.float64(partial, blocks * columns);
    const sums = partials.subarray(0, columns);
    for (let i = columns; i < partials.length; i++) sums[i % columns] += partials[i];
    const result = memory.float32(output, columns);
    for (let i = 0; i < columns; i++) result[i] = sums[i] * scale;
  });
}

/** Sum, mean and maximum. */
export const reductionKernels: readonly SimdKernel[] = [
  { kernelName: tf.Sum, kernelFunc: sum },
  { kernelName: tf.Mean, kernelFunc: mean },
  { kernelName: tf.Max, kernelFunc: max },
];
