import * as tf from "@tensorflow/tfjs-core";
import { type KernelArguments, runCpuKernel, type SimdKernel } from "../kernel.ts";
import { softmax as module } from "../module/softmax.ts";
import { rowsOfBlock } from "./rows_of_block.ts";

function softmax(args: KernelArguments<tf.SoftmaxAttrs>): tf.TensorInfo {
  const { inputs: { logits }, attrs: { dim }, backend } = args;
  const last = logits.shape.length - 1;
  const size = tf.util.sizeFromShape(logits.shape);
  const x = dim === last && size > 0 ? backend.float32Address(logits) : undefined;
  if (x === undefined) return runCpuKernel(tf.Softmax, args);
  const columns = logits.shape[last];
  const rows = size / columns;
  const step = rowsOfBlock(columns);
  return backend.output(logits.shape, (address) => {
    const job = [x, address, rows, columns, step];
    backend.runtime.run(module, "softmax", job, Math.ceil(rows / step));
  });
}

/** Softmax over the last axis. */
export const softmaxKernels: readonly SimdKernel[] = [
  { kernelName: tf.Softmax, kernelFunc: softmax },
];
