import * as tf from "@tensorflow/tfjs-core";
import type { AttributesOf, NamedKernel, OperationName, ResultOf } from "@mixtape/operations";

/** Backend that takes what the device cannot. */
const PROCESSOR = "simd";

/**
 * Runs a named operation on the processor, for data that a kernel cannot take.
 *
 * @param name The operation.
 * @param attrs Its attributes.
 * @param reason Says what keeps the kernel from it, if the processor has no kernel either.
 * @returns Its result.
 * @throws {RangeError} If the backend `simd` is not registered, or cannot start.
 */
export function onProcessor<Name extends OperationName>(
  name: Name,
  attrs: AttributesOf<Name>,
  reason: string,
): ResultOf<Name> {
  const registered = tf.getKernel(name, PROCESSOR);
  const backend = registered && tf.engine().findBackend(PROCESSOR);
  if (!backend) {
    throw new RangeError(`Cannot compute ${name} on webgpu: ${reason}, use the backend simd`);
  }
  const kernel = registered.kernelFunc as unknown as NamedKernel<Name, tf.KernelBackend>;
  return kernel({ inputs: {}, attrs, backend });
}
