import * as tf from "@tensorflow/tfjs-core";

/** How TensorFlow.js calls a kernel; the named operations of Mixtape pass everything as attributes. */
type NamedKernel<Attributes, Result> = (
  call: { inputs: Record<string, never>; attrs: Attributes; backend: tf.KernelBackend },
) => Result;

/**
 * Finds the kernel that the current backend registered for a named operation.
 *
 * Such a kernel is called directly rather than through the engine, because its results are plain host
 * objects (float64 arrays, sessions), which tensors cannot carry.
 *
 * @param name The operation, for example `MixtapeLloyd`.
 * @returns A function from the operation's attributes to its result, or undefined where the backend has none.
 */
export function backendKernel<Attributes, Result>(
  name: string,
): ((attrs: Attributes) => Result) | undefined {
  const registered = tf.getKernel(name, tf.getBackend());
  if (!registered) return undefined;
  const kernel = registered.kernelFunc as unknown as NamedKernel<Attributes, Result>;
  return (attrs) => kernel({ inputs: {}, attrs, backend: tf.backend() });
}
