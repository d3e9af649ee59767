import type { NamedKernels } from "@mixtape/operations";
import type { CheckedWebGpuBackend } from "../backend.ts";
import { openDense, runDense } from "./dense.ts";
import { openLloyd } from "./lloyd.ts";
import { openMixture } from "./mixture.ts";
import { nearest } from "./nearest.ts";
import { openNeighbors } from "./neighbors.ts";
import { openPlusPlus } from "./plus_plus.ts";

/**
 * Kernels of the named operations: one with another attribute or result than theirs does not
 * compile. Operations that are not listed run on the processor.
 */
export const namedKernels = {
  MixtapeDense: openDense,
  MixtapeDenseForward: runDense,
  MixtapeLloyd: openLloyd,
  MixtapeMixture: openMixture,
  MixtapeNearest: nearest,
  MixtapeNeighbors: openNeighbors,
  MixtapePlusPlus: openPlusPlus,
} satisfies Partial<NamedKernels<CheckedWebGpuBackend>>;

/**
 * Features of a device that kernels cannot do without: where it lacks them, the operation runs on the
 * processor.
 */
export const neededFeatures: Readonly<Partial<Record<keyof typeof namedKernels, string>>> = {
  MixtapeMixture: "wgpu-shader-f64",
};
