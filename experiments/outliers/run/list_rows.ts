import type { Sprite } from "@mixtape/results";
import { takeRows } from "@mixtape/tensor-utils";
import type { OwnRows, OwnTable } from "../../run/own/own_table.ts";
import { referTo } from "../../run/own/refer_to.ts";
import type { Tiles } from "../../run/sprite_sheet.ts";
import type { OddRow } from "../result.ts";
import { reasonsOf } from "./reasons.ts";
import type { CellCosts } from "./table_density.ts";

/** Rows that were scored and tested. */
export interface TestedRows {
  /** The rows. */
  readonly of: OwnRows;
  /** Outlier score of each. */
  readonly scores: Float64Array;
  /** P-value of each. */
  readonly pValues: Float64Array;
  /** 1 for each discovery. */
  readonly discovered: ArrayLike<number>;
  /** Tells what the entries of some rows cost them, under densities that were fitted without them. */
  explain(rows: Uint32Array): Promise<CellCosts>;
}

/** The oddest rows, and pictures of them. */
export interface ListedRows {
  /** The rows, the oddest first. */
  readonly listed: readonly OddRow[];
  /** Their pictures; null unless rows are images. */
  readonly pictures: Sprite | null;
}

/**
 * Lists the oddest of some rows.
 *
 * @param tested The rows.
 * @param settings The table, the most rows to list, and a function that draws them.
 */
export async function listRows(
  { of, scores, pValues, discovered, explain }: TestedRows,
  { table, most, draw }: {
    readonly table: OwnTable;
    readonly most: number;
    readonly draw: (tiles: Tiles) => Sprite;
  },
): Promise<ListedRows> {
  const rows = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  const oddest = Uint32Array.from(rows.subarray(0, most));
  const reasons = table.imageShape === null
    ? reasonsOf(await explain(oddest), table, of, oddest)
    : [];
  const listed = Array.from(oddest, (i, at): OddRow => ({
    ...referTo(of, i),
    score: scores[i],
    pValue: pValues[i],
    byChance: pValues[i] * scores.length,
    isDiscovery: discovered[i] === 1,
    reasons: reasons[at] ?? [],
  }));
  return { listed, pictures: table.imageShape && draw(tilesOf(of, oddest, table.imageShape)) };
}

/** The pictures of some rows. */
function tilesOf(
  of: OwnRows,
  rows: Uint32Array,
  shape: NonNullable<OwnTable["imageShape"]>,
): Tiles {
  const { values } = takeRows(of.raw, rows);
  return { values, shape, channels: shape.channels, maxValue: 255 };
}
