import { type NearDuplicates, nearDuplicates } from "@mixtape/audit";
import { random, takeRows } from "@mixtape/tensor-utils";
import type { OwnContext } from "../../run/experiment.ts";
import type { OwnTable } from "../../run/own/own_table.ts";
import { workingSpace } from "../../run/own/working_space.ts";
import type { DuplicateCheck, LabelledReference } from "../result.ts";
import { drawImages } from "./draw_images.ts";
import { referTo } from "../../run/own/refer_to.ts";

/** Parts of the context that the search needs. */
export type DuplicateContext = Pick<
  OwnContext<unknown>,
  "table" | "seed" | "signal" | "column" | "image"
>;

/**
 * Looks for rows that come twice among those without gaps, and gives the column `duplicate_of`: the number of the first
 * row that a row equals or nearly equals, or its id if there are ids.
 *
 * @param context The data and the outputs of the run.
 * @param limits Largest number of cells to compare, and of pairs to list.
 * @returns The pairs; nothing if fewer than two rows have no gaps.
 */
export async function findDuplicates(
  context: DuplicateContext,
  { cells, listed }: { readonly cells: number; readonly listed: number },
): Promise<DuplicateCheck | null> {
  const { table, seed, signal } = context;
  const whole = wholeRows(table);
  if (whole.length < 2) return null;
  const space = await workingSpace(takeRows(table.prepared, whole), { seed, signal });
  const dimensions = space.x.shape[1];
  const most = Math.max(2, Math.floor(cells / dimensions));
  const drawn = whole.length <= most
    ? Uint32Array.from(whole.keys())
    : random(seed).sample(whole.length, most).sort();
  const x = drawn.length === whole.length ? space.x : takeRows(space.x, drawn);
  const found = await nearDuplicates(x, { alpha: 0.05, seed, signal });
  const rowOf = (at: number) => whole[drawn[at]];
  giveOriginals(context, found, rowOf);
  const refer = (at: number): LabelledReference => {
    const { labels, classNames } = table;
    const label = labels === null ? null : classNames[labels[rowOf(at)]];
    return { ...referTo(table, rowOf(at)), label };
  };
  const differ = (a: number, b: number) => table.labels![rowOf(a)] !== table.labels![rowOf(b)];
  const identical = [...found.identical.keys()].filter((at) => found.identical[at] !== -1);
  const first = found.pairs.slice(0, listed);
  return {
    compared: drawn.length,
    dimensions,
    identical: identical.length,
    identicalRelabelled: table.labels &&
      identical.filter((at) => differ(at, found.identical[at])).length,
    identicalPairs: identical.slice(0, listed)
      .map((at) => ({ first: refer(found.identical[at]), other: refer(at) })),
    near: found.pairs.length,
    nearRelabelled: table.labels &&
      found.pairs.filter(({ row, other }) => differ(row, other)).length,
    nearPairs: first.map(({ row, other, distance, adjusted }) => ({
      first: refer(row),
      other: refer(other),
      distance,
      adjusted,
    })),
    usual: Number.isNaN(found.usual) ? null : found.usual,
    images: drawImages(
      context,
      "near-duplicates",
      first.flatMap(({ row, other }) => [rowOf(row), rowOf(other)]),
      2,
    ),
  };
}

function wholeRows({ raw: { values, shape: [n, d] } }: OwnTable): Uint32Array {
  return Uint32Array.from({ length: n }, (_, row) => row).filter((row) => {
    for (let j = row * d; j < (row + 1) * d; j++) if (Number.isNaN(values[j])) return false;
    return true;
  });
}

function giveOriginals(
  { table, column }: DuplicateContext,
  { originals }: NearDuplicates,
  rowOf: (at: number) => number,
): void {
  const references = new Array<number | string | null>(table.raw.shape[0]).fill(null);
  originals.forEach((first, at) => {
    if (first === -1) return;
    const { row, id } = referTo(table, rowOf(first));
    references[rowOf(at)] = id ?? row;
  });
  column(
    "duplicate_of",
    table.fileIds === null
      ? Float64Array.from(references, (row) => row === null ? NaN : Number(row))
      : references.map((one) => one === null ? null : String(one)),
  );
}
