import {
  imputeColumns,
  type Imputer,
  imputerFromJSON,
  type ImputerJSON,
  standardize,
  type Standardizer,
  standardizerFromJSON,
  type StandardizerJSON,
} from "@mixtape/datasets/preparation";
import type { TableScale } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";

/** A {@link Preparation} as plain data. */
export interface PreparationJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-preparation";
  /** Version of the format. */
  readonly version: 1;
  /** Name of each column. */
  readonly columns: readonly string[];
  /** Values in place of missing ones; null for images, which have none. */
  readonly imputer: ImputerJSON | null;
  /** Scale of the columns; null if they are as in the file. */
  readonly standardizer: StandardizerJSON | null;
}

/** The way from the cells of a file to those on which models work, as it was learned from some rows. */
export interface Preparation {
  /** Name of each column, in order. */
  readonly columns: readonly string[];
  /**
   * Prepares rows: fills gaps by the median of their column, and brings columns to the scale.
   *
   * @param rows Cells, shape [m, d]; NaN stands for a missing one.
   * @returns Finite cells, shape [m, d]; `rows` itself if there is nothing to do.
   */
  apply(rows: HostMatrix): Promise<HostMatrix>;
  /** Returns what was learned as plain data, for {@linkcode preparationFromJSON}. */
  toJSON(): PreparationJSON;
}

/**
 * Learns how to prepare rows, from rows of which each column has a value.
 *
 * @param raw Cells, shape [n, d]; NaN stands for a missing one.
 * @param settings Names of the columns, their scale, and if rows are images, which lack no cells.
 * @returns These rows, prepared, and the preparation for others.
 */
export async function learnPreparation(
  raw: HostMatrix,
  { columns, scale, isImages }: {
    readonly columns: readonly string[];
    readonly scale: TableScale;
    readonly isImages: boolean;
  },
): Promise<{ readonly preparation: Preparation; readonly prepared: HostMatrix }> {
  const imputation = isImages ? null : await imputeColumns(raw, { method: "median" });
  const whole = imputation?.missing.some((count) => count > 0) ? imputation.x : raw;
  const standardizer = scale === "none" ? null : await standardize(whole, { method: scale });
  return {
    preparation: preparationOf(columns, imputation, standardizer),
    prepared: standardizer?.x ?? whole,
  };
}

/**
 * Reads back the JSON of a {@link Preparation}; rows are prepared alike, bit for bit.
 *
 * @param json The value that `JSON.parse` returned.
 * @returns The preparation.
 * @throws {TypeError} If the JSON is of another format, or an entry is of the wrong kind.
 * @throws {RangeError} If an entry is out of range or does not fit the others.
 */
export function preparationFromJSON(json: unknown): Preparation {
  const { format, version, columns, imputer, standardizer } = Object(json) as PreparationJSON;
  if (format !== "mixtape-preparation" || version !== 1) {
    throw new TypeError(
      `Cannot read a preparation: format ${format}, version ${version} was given, ` +
        `format mixtape-preparation, version 1 is needed`,
    );
  }
  if (!Array.isArray(columns) || columns.some((name) => typeof name !== "string")) {
    throw new TypeError("Cannot read a preparation: columns must be a list of names");
  }
  const fill = imputer === null ? null : imputerFromJSON(imputer);
  const scale = standardizer === null ? null : standardizerFromJSON(standardizer);
  for (const { length } of [fill?.fills ?? columns, scale?.centers ?? columns]) {
    if (length === columns.length) continue;
    throw new RangeError(
      `Cannot read a preparation: it has ${columns.length} columns, and numbers for ${length}`,
    );
  }
  return preparationOf(columns, fill, scale);
}

function preparationOf(
  columns: readonly string[],
  imputer: Imputer | null,
  standardizer: Standardizer | null,
): Preparation {
  return {
    columns,
    async apply(rows) {
      const hasGaps = imputer !== null && rows.values.some(Number.isNaN);
      const whole = hasGaps ? await imputer.apply(rows) : rows;
      return standardizer === null ? whole : await standardizer.apply(whole);
    },
    toJSON: () => ({
      format: "mixtape-preparation",
      version: 1,
      columns,
      imputer: imputer?.toJSON() ?? null,
      standardizer: standardizer?.toJSON() ?? null,
    }),
  };
}
