import {
  type Projection,
  projectionFromJSON,
  type ProjectionJSON,
} from "@mixtape/datasets/preparation";
import { type OutlierModel, outlierModelFromJSON, type OutlierModelJSON } from "@mixtape/ood";
import { z } from "zod";
import type { ChanceScores } from "./chance_scores.ts";

/** The density of a table, and what its scores mean. */
export interface FittedOutliers {
  /** The density, in its space. */
  readonly model: OutlierModel;
  /** The way from prepared rows into its space; null for the prepared columns. */
  readonly projection: Projection | null;
  /** The scores that chance gives. */
  readonly chance: ChanceScores;
  /** Largest p-value of a discovery. */
  readonly cut: number;
}

/** {@link FittedOutliers} as plain data. */
export interface FittedOutliersJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-outlier-scores";
  /** Version of the format. */
  readonly version: 1;
  /** The density. */
  readonly model: OutlierModelJSON;
  /** The way into its space. */
  readonly projection: ProjectionJSON | null;
  /** The scores that chance gives. */
  readonly chance: ChanceScores;
  /** Largest p-value of a discovery. */
  readonly cut: number;
}

const fields: z.ZodType<Omit<FittedOutliersJSON, "model" | "projection">> = z.object({
  format: z.literal("mixtape-outlier-scores"),
  version: z.literal(1),
  chance: z.object({
    levels: z.array(z.number()).length(100),
    meanExcess: z.number().positive(),
    evidence: z.number().positive(),
  }),
  cut: z.number().min(0).max(1),
});

/** Returns a fitted model as plain data. */
export function writeOutliersModel(
  { model, projection, ...rest }: FittedOutliers,
): FittedOutliersJSON {
  return {
    format: "mixtape-outlier-scores",
    version: 1,
    projection: projection && projection.toJSON(),
    model: model.toJSON(),
    ...rest,
  };
}

/**
 * Reads back what {@link writeOutliersModel} gave.
 *
 * @param json The value that `JSON.parse` returned.
 * @throws {TypeError | RangeError} If it is of another format, or an entry is damaged.
 */
export function readOutliersModel(json: unknown): FittedOutliers {
  const read = fields.safeParse(json);
  if (!read.success) {
    const [{ path, message }] = read.error.issues;
    throw new TypeError(
      `Cannot read the outlier scores: ${path.join(".") || "they"}: ${message}, ` +
        "format mixtape-outlier-scores, version 1 is needed",
    );
  }
  const { chance, cut } = read.data;
  const { model, projection } = json as FittedOutliersJSON;
  return {
    model: outlierModelFromJSON(model),
    projection: projection && projectionFromJSON(projection),
    chance,
    cut,
  };
}
