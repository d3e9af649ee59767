import { AssertionError } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";

/**
 * Runs a function and asserts that as many tensors are alive after it as before.
 *
 * @param run What should not leak; what it returns must be disposed of by then.
 * @throws {AssertionError} If tensors were left alive, or one too many was disposed of.
 */
export async function assertNoLeak(run: () => unknown): Promise<void> {
  const before = tf.memory().numTensors;
  await run();
  const left = tf.memory().numTensors - before;
  if (left === 0) return;
  throw new AssertionError({
    message: `${left} more tensors are alive than before, none should be`,
    actual: left,
    expected: 0,
  });
}
