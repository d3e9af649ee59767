import type { BatchMeansAttributes, BatchMeansSession } from "./batch_means.ts";
import type { BootstrapAttributes, BootstrapMeasures } from "./bootstrap.ts";
import type { DenseTraining, DenseTrainingAttributes } from "./dense.ts";
import type { DenseClassesAttributes } from "./dense_classes.ts";
import type { DenseForwardAttributes } from "./dense_forward.ts";
import type { Distances, DistancesAttributes } from "./distances.ts";
import type { DistanceSumsAttributes, DistanceSumsSession } from "./distance_sums.ts";
import type { Float64Product } from "./float64_product.ts";
import type { InverseFactors, InverseFactorsAttributes } from "./inverse_factors.ts";
import type { LloydAttributes, LloydSession } from "./lloyd.ts";
import type { MaybePromise } from "./maybe_promise.ts";
import type { MixtureAttributes, MixturePasses } from "./mixture.ts";
import type { Moments, MomentsAttributes } from "./moments.ts";
import type { Nearest, NearestAttributes } from "./nearest.ts";
import type { FactoredNeighbors, NeighborAttributes } from "./neighbors.ts";
import type { Observed, ObservedAttributes } from "./observed.ts";
import type { Placement, PlacementAttributes } from "./placement.ts";
import type { PlusPlusAttributes, PlusPlusSession } from "./plus_plus.ts";
import type { ProjectionAttributes } from "./projection.ts";
import type { TridiagonalAttributes, TridiagonalSession } from "./tridiagonal.ts";

/** The signature of a named operation. */
export interface Operation<Attributes, Result> {
  /** Everything that it is called with. */
  readonly attributes: Attributes;
  /** Everything that it gives: plain host objects, or a session. */
  readonly result: Result;
}

/** Every named operation, by the name that backends register its kernel under. */
export interface NamedOperations {
  /** Centroids as means of the rows that they have seen, batch by batch. */
  readonly MixtapeBatchMeans: Operation<BatchMeansAttributes, BatchMeansSession>;
  /** Measures of separation of resamples of rows of two kinds. */
  readonly MixtapeBootstrap: Operation<BootstrapAttributes, MaybePromise<BootstrapMeasures>>;
  /** Training of a network of dense layers. */
  readonly MixtapeDense: Operation<DenseTrainingAttributes, DenseTraining>;
  /** Number of the highest output of the last layer for each row, the first one in case of a tie. */
  readonly MixtapeDenseClasses: Operation<DenseClassesAttributes, MaybePromise<Int32Array>>;
  /** Euclidean distances of rows to points. */
  readonly MixtapeDistances: Operation<DistancesAttributes, MaybePromise<Distances>>;
  /** Outputs of the layers in `keep`, n × units numbers each, row by row. */
  readonly MixtapeDenseForward: Operation<DenseForwardAttributes, MaybePromise<Float32Array[]>>;
  /** Sums of the distances of each row to the rows of each cluster, step by step. */
  readonly MixtapeDistanceSums: Operation<DistanceSumsAttributes, DistanceSumsSession>;
  /** Product of two matrices, m × n numbers. */
  readonly MixtapeFloat64Product: Operation<Float64Product, Float64Array>;
  /** Inverses of the Cholesky factors of symmetric matrices. */
  readonly MixtapeInverseFactors: Operation<
    InverseFactorsAttributes,
    MaybePromise<InverseFactors>
  >;
  /** Assignment of rows to nearest centroids, step by step, with the sums of each cluster. */
  readonly MixtapeLloyd: Operation<LloydAttributes, LloydSession>;
  /** Passes of expectation-maximisation. */
  readonly MixtapeMixture: Operation<MixtureAttributes, MixturePasses>;
  /** Means of columns, and the products of each pair of centred columns, summed over rows. */
  readonly MixtapeMoments: Operation<MomentsAttributes, MaybePromise<Moments>>;
  /** Nearest centroid of each row, once. */
  readonly MixtapeNearest: Operation<NearestAttributes, MaybePromise<Nearest>>;
  /** Search for the k-th nearest of points with many coordinates. */
  readonly MixtapeNeighbors: Operation<NeighborAttributes, FactoredNeighbors>;
  /** Sums of the observed entries of columns, beside which missing ones are marked. */
  readonly MixtapeObserved: Operation<ObservedAttributes, MaybePromise<Observed>>;
  /** Copy of numbers in the memory of the backend; undefined where the host keeps them as well. */
  readonly MixtapePlacement: Operation<PlacementAttributes, Placement | undefined>;
  /** Distances to candidate centroids that are rows of the data. */
  readonly MixtapePlusPlus: Operation<PlusPlusAttributes, PlusPlusSession>;
  /** Coordinates of centred rows along directions, n × k numbers, row by row. */
  readonly MixtapeProjection: Operation<ProjectionAttributes, MaybePromise<Float64Array>>;
  /** Reduction of a symmetric matrix to a tridiagonal one, and eigenvectors from the way back. */
  readonly MixtapeTridiagonal: Operation<TridiagonalAttributes, TridiagonalSession>;
}

/** The name of a named operation. */
export type OperationName = keyof NamedOperations;

/** The attributes of an operation. */
export type AttributesOf<Name extends OperationName> = NamedOperations[Name]["attributes"];

/** The result of an operation. */
export type ResultOf<Name extends OperationName> = NamedOperations[Name]["result"];
