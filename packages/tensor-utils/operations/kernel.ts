import * as tf from "@tensorflow/tfjs-core";
import type { AttributesOf, NamedKernel, OperationName, ResultOf } from "@mixtape/operations";

/**
 * Finds the kernel that the current backend registered for a named operation.
 *
 * Such a kernel is called directly rather than through the engine, because its results are plain host
 * objects (float64 arrays, sessions), which tensors cannot carry.
 *
 * @param name The operation, for example `MixtapeLloyd`.
 * @returns A function from the operation's attributes to its result, or undefined where the backend has none.
 */
export function backendKernel<Name extends OperationName>(
  name: Name,
): ((attrs: AttributesOf<Name>) => ResultOf<Name>) | undefined {
  const registered = tf.getKernel(name, tf.getBackend());
  if (!registered) return undefined;
  // Registered under this name, so it is of this type: `NamedKernels` holds backends to that.
  const kernel = registered.kernelFunc as unknown as NamedKernel<Name, tf.KernelBackend>;
  return (attrs) => kernel({ inputs: {}, attrs, backend: tf.backend() });
}
