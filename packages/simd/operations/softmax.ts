import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { softmax as module } from "../module/softmax.ts";
import { rowsOfBlock } from "./rows_of_block.ts";

function softmax(args: KernelArguments): tf.TensorInfo {
  const { inputs: { logits }, attrs: { dim }, backend } = args;
  const last = logits.shape.length - 1;
  const size = tf.util.sizeFromShape(logits.shape);
  const x = dim === last && size > 0 ? backend.float32Address(logits) : undefined;
  if (x === undefined) return runCpuKernel(tf.Softmax, args);
  const columns = logits.shape[last];
  const rows = size / columns;
  const step = rowsOfBlock(columns);
  const { info, address } = backend.allocateOutput(logits.shape);
  backend.runtime.run(
    module,
    "softmax",
    [x, address, rows, columns, step],
    Math.ceil(rows / step),
  );
  return info;
}

/** Softmax over the last axis. */
export const softmaxKernels: readonly SimdKernel[] = [
  { kernelName: tf.Softmax, kernelFunc: softmax },
];
