import type { MixtureCovariance } from "@mixtape/tensor-utils";
import type { CovarianceShape } from "./covariance_shape.ts";
import { diagonal } from "./diagonal.ts";
import { full } from "./full.ts";
import { spherical } from "./spherical.ts";
import { tied } from "./tied.ts";
import { tiedDiagonal } from "./tied_diagonal.ts";

/** The shapes of covariances by name, from the most to the fewest parameters. */
export const covarianceShapes: Readonly<Record<MixtureCovariance, CovarianceShape>> = {
  full,
  tied,
  diagonal,
  "tied-diagonal": tiedDiagonal,
  spherical,
};

/** The names of the shapes, in the same order. */
export const covarianceNames = Object.keys(covarianceShapes) as readonly MixtureCovariance[];
