import { type JupyterBundle, jupyterTable } from "./jupyter.ts";
import type { ValuesMatrix } from "./matrix.ts";
import { tellingColumns } from "./telling_columns.ts";

/** Most columns of centres that a notebook shows. */
const MOST_COLUMNS = 10;

/** The centres of a model, with the words of its kind. */
export interface ShownCentres {
  /** A line above the table. */
  readonly caption: string;
  /** Name of one part of the model, such as `cluster`. */
  readonly part: string;
  /** Name of the size of a part, such as `rows`. */
  readonly size: string;
  /** Size of each part, length k. */
  readonly sizes: ArrayLike<number>;
  /** Name of one coordinate of a centre, such as `column`. */
  readonly coordinate: string;
  /** The centres, shape [k, d]. */
  readonly centres: ValuesMatrix;
}

/**
 * Makes a table of sizes and centres for a notebook: of many columns, those that differ most between centres.
 *
 * @param shown The centres and their words.
 * @returns The table.
 */
export function jupyterCentres(
  { caption, part, size, sizes, coordinate, centres }: ShownCentres,
): JupyterBundle {
  const { values, shape: [k, d] } = centres;
  const columns = tellingColumns(centres, MOST_COLUMNS);
  const chosen = k > 1 ? `, which differ most between ${part}s` : ", the first ones";
  return jupyterTable(
    columns.length < d ? `${caption}; ${columns.length} of ${d} ${coordinate}s${chosen}` : caption,
    [part, size, ...columns.map((j) => `${coordinate} ${j}`)],
    Array.from(sizes, (value, c) => [c, value, ...columns.map((j) => values[c * d + j])]),
  );
}
