import type { NamedKernels } from "@mixtape/operations";
import type { SimdBackend } from "../backend.ts";
import type { SimdKernel } from "../kernel.ts";
import { openBatchMeans } from "./batch_means.ts";
import { binaryKernels } from "./binary.ts";
import { findClasses, openDense, runDense } from "./dense.ts";
import { measureDistances } from "./distances.ts";
import { openDistanceSums } from "./distance_sums.ts";
import { inverseFactors } from "./inverse_factors.ts";
import { nearest, openLloyd, openPlusPlus } from "./lloyd.ts";
import { bootstrap } from "./bootstrap.ts";
import { matmulKernels } from "./matmul.ts";
import { openMixture } from "./mixture.ts";
import { measureMoments } from "./moments.ts";
import { movementKernels } from "./movement.ts";
import { openNeighbors } from "./neighbors.ts";
import { observeColumns } from "./moments/observe_columns.ts";
import { placeCopy } from "./placement.ts";
import { float64Product } from "./product64.ts";
import { projectRows } from "./projection.ts";
import { reductionKernels } from "./reductions.ts";
import { softmaxKernels } from "./softmax.ts";
import { openTridiagonal } from "./tridiagonal.ts";
import { unaryKernels } from "./unary.ts";

/** Kernels of TensorFlow.js operations that are not the CPU backend's. */
export const stockKernels: readonly SimdKernel[] = [
  ...binaryKernels,
  ...matmulKernels,
  ...movementKernels,
  ...reductionKernels,
  ...softmaxKernels,
  ...unaryKernels,
];

/** Kernels of the named operations: one with another attribute or result than theirs does not compile. */
export const namedKernels = {
  MixtapeBatchMeans: openBatchMeans,
  MixtapeBootstrap: bootstrap,
  MixtapeDense: openDense,
  MixtapeDenseClasses: findClasses,
  MixtapeDenseForward: runDense,
  MixtapeDistances: measureDistances,
  MixtapeDistanceSums: openDistanceSums,
  MixtapeFloat64Product: float64Product,
  MixtapeInverseFactors: inverseFactors,
  MixtapeLloyd: openLloyd,
  MixtapeMixture: openMixture,
  MixtapeMoments: measureMoments,
  MixtapeNearest: nearest,
  MixtapeNeighbors: openNeighbors,
  MixtapeObserved: observeColumns,
  MixtapePlacement: placeCopy,
  MixtapePlusPlus: openPlusPlus,
  MixtapeProjection: projectRows,
  MixtapeTridiagonal: openTridiagonal,
} satisfies NamedKernels<SimdBackend>;
