import type { MlpOptions } from "@mixtape/classifier";

/** Number of training steps, if that makes neither too few passes over the rows nor too many. */
const STEPS = 500;

/**
 * Chooses the architecture and the training of a network for a number of rows and of columns.
 *
 * @param rows Number of rows to train on.
 * @param columns Number of columns.
 */
export function suitableTraining(rows: number, columns: number): MlpOptions {
  const units = rows < 2000 || columns < 100 ? 64 : 256;
  const batchSize = Math.max(16, Math.min(256, Math.round(rows / 32)));
  const steps = Math.ceil(rows / batchSize);
  return {
    hidden: [{ units, activation: "relu" }, { units, activation: "relu" }],
    batchSize,
    epochs: Math.max(8, Math.min(60, Math.round(STEPS / steps))),
    learningRate: 0.003,
    learningRateSchedule: "linear",
    labelSmoothing: 0.2,
  };
}
