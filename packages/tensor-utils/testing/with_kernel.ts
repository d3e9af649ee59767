import type { NamedKernel, OperationName } from "@mixtape/operations";
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "../backend.ts";

/**
 * Lets the backend `cpu`, which has no kernels of named operations, have one for a while.
 *
 * @param kernelName Name of the operation.
 * @param kernel The kernel.
 * @param look The test.
 */
export async function withKernel<Name extends OperationName>(
  kernelName: Name,
  kernel: NamedKernel<Name, tf.KernelBackend>,
  look: () => unknown,
): Promise<void> {
  await useBackend("cpu");
  const kernelFunc = kernel as unknown as tf.KernelFunc;
  tf.registerKernel({ kernelName, backendName: "cpu", kernelFunc });
  try {
    await look();
  } finally {
    tf.unregisterKernel(kernelName, "cpu");
  }
}
