import type { DenseLayerSpec, LearningRateSchedule } from "@mixtape/classifier";
import type { ClassifierName } from "../result.ts";
import type { LeaderboardParameters } from "../run.ts";

/** The layers and the training of a classifier of the leaderboard. */
export interface ClassifierRecipe {
  /** Layers between input and logits; the reference network's unless given. */
  readonly hidden?: readonly DenseLayerSpec[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly learningRateSchedule: LearningRateSchedule;
  readonly labelSmoothing: number;
  /** Copies of the training images, turned, stretched, slanted and moved a little, that are learned from too. */
  readonly affineCopies: number;
}

/**
 * Returns the layers and the training of a classifier.
 *
 * @param name Its name.
 * @param parameters The parameters of the leaderboard.
 */
export function recipeOf(
  name: ClassifierName,
  parameters: LeaderboardParameters,
): ClassifierRecipe {
  if (name === "reference") {
    const { epochs, batchSize, learningRate } = parameters;
    const plain = {
      learningRateSchedule: "constant",
      labelSmoothing: 0,
      affineCopies: 0,
    } as const;
    return { epochs, batchSize, learningRate, ...plain };
  }
  return {
    hidden: parameters.bestHidden.map((units) => ({ units, activation: "relu" })),
    epochs: parameters.bestEpochs,
    batchSize: parameters.bestBatchSize,
    learningRate: parameters.bestLearningRate,
    learningRateSchedule: "linear",
    labelSmoothing: parameters.bestLabelSmoothing,
    affineCopies: parameters.bestAffineCopies,
  };
}
