import type { DenseTraining } from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import { Scoring } from "./dense/scoring.ts";
import { GpuTraining } from "./dense/training.ts";

/** Runs data through a network of dense layers. */
export async function runDense(
  { attrs, backend }: NamedCall<"MixtapeDenseForward">,
): Promise<Float32Array[]> {
  const scoring = new Scoring(new Gpu(backend), attrs);
  try {
    return await scoring.run();
  } finally {
    scoring[Symbol.dispose]();
  }
}

/** Opens the training of a network of dense layers. */
export function openDense({ attrs, backend }: NamedCall<"MixtapeDense">): DenseTraining {
  return new GpuTraining(new Gpu(backend), attrs);
}
