import type { DenseTraining } from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import { LOSS_TURNS } from "../kernels/dense_loss.ts";
import { MOST_TURNS } from "../kernels/wgsl.ts";
import { Scoring } from "./dense/scoring.ts";
import { GpuTraining } from "./dense/training.ts";
import { onProcessor } from "./processor.ts";
import { isSmallForward, isSmallTraining } from "./small_problems.ts";

/** Runs data through a network of dense layers. */
export async function runDense(
  { attrs, backend }: NamedCall<"MixtapeDenseForward">,
): Promise<Float32Array[]> {
  if (backend.leavesSmall && isSmallForward(attrs)) {
    return await onProcessor("MixtapeDenseForward", attrs, "it is small");
  }
  const scoring = new Scoring(new Gpu(backend), attrs);
  try {
    return await scoring.run();
  } finally {
    scoring[Symbol.dispose]();
  }
}

/** Opens the training of a network of dense layers. */
export function openDense({ attrs, backend }: NamedCall<"MixtapeDense">): DenseTraining {
  if (backend.leavesSmall && isSmallTraining(attrs)) {
    return onProcessor("MixtapeDense", attrs, "it is small");
  }
  const classes = attrs.layers.at(-1)?.units ?? 0;
  if (LOSS_TURNS * classes > MOST_TURNS) {
    return onProcessor("MixtapeDense", attrs, "a thread has not enough turns for so many classes");
  }
  return new GpuTraining(new Gpu(backend), attrs);
}
