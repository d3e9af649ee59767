import * as tf from "@tensorflow/tfjs-core";

/** Names of named operations begin with this, those of TensorFlow.js with other words. */
const PREFIX = "Mixtape";
/** Copies into the memory of one backend are of no use to kernels of another. */
const OWN = "MixtapePlacement";

/**
 * Registers the kernels that one backend has of named operations for another one, where that has
 * none. They take and return plain host objects, so that it does not matter where tensors lie.
 *
 * @param lender Name of the backend whose kernels run.
 * @param borrower Name of the backend that is to have them.
 * @returns The operations that the borrower had no kernel of its own for.
 */
export function lendKernels(lender: string, borrower: string): string[] {
  const lent: string[] = [];
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend(lender)) {
    if (!kernelName.startsWith(PREFIX) || kernelName === OWN) continue;
    const present = tf.getKernel(kernelName, borrower);
    if (present && !(present.kernelFunc as LentKernel).lent) continue;
    if (present) tf.unregisterKernel(kernelName, borrower);
    const run: LentKernel = (call) =>
      kernelFunc({ ...call, backend: tf.engine().findBackend(lender) });
    run.lent = true;
    tf.registerKernel({ kernelName, backendName: borrower, kernelFunc: run });
    lent.push(kernelName);
  }
  return lent;
}

type LentKernel = tf.KernelFunc & { lent?: true };
