import { AssertionError } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";

/**
 * Runs a function and asserts that the same number of tensors is alive afterwards.
 *
 * @param run The function; it must dispose of any tensors it returns.
 * @throws {AssertionError} If tensors are left alive, or one too many was disposed of.
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
