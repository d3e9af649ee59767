import {
  blockRowsFor,
  hostMatrix,
  isRowSource,
  openRows,
  placedMatrix,
  type Rows,
  type RowsLike,
} from "@mixtape/tensor-utils";
import { BLOCK_ROWS } from "./features/unit_selection.ts";

/** Name of evidence in errors, and the reading of its sources. */
export interface EvidenceReading {
  /** Name of the evidence in error messages; "the evidence" by default. */
  readonly given?: string;
  /** True to open sources of rows; by default, they are refused. */
  readonly sources?: boolean;
  /** Ends the reading of sources. */
  readonly signal?: AbortSignal;
  /**
   * Notes matrices that are opened in the memory of the backend, for `releaseOpened`; without it, they are
   * copied on the host.
   */
  readonly opened?: Promise<Rows>[];
}

/**
 * Reads a matrix, or opens a source in blocks of a multiple of 512 rows, which are added up as those
 * rows of a matrix are.
 *
 * @param x Activations of a layer, or inputs.
 * @param name Name of the part in error messages.
 * @param reading Name of the evidence, and how sources are read.
 * @throws {TypeError} If there is no such part, or it is a source and sources are not read.
 * @throws {RangeError} If its shape is not that of a matrix, or a value is not finite.
 */
export async function openPart(
  x: RowsLike | undefined,
  name: string,
  { given = "the evidence", sources = false, signal, opened }: EvidenceReading,
): Promise<Rows> {
  if (x === undefined) throw new TypeError(`Cannot use ${given}: it has no ${name}`);
  if (!isRowSource(x)) {
    const opening = opened ? placedMatrix(x, name, {}, signal) : hostMatrix(x, name, {}, signal);
    opened?.push(opening);
    return await opening;
  }
  if (!sources) {
    throw new TypeError(
      `Cannot use ${given}: ${name} are a source of rows, this kind of detector needs all rows ` +
        `at once: read them into a matrix, or fit a kind whose \`sources\` is true, such as mahalanobis`,
    );
  }
  // A shape of another kind is reported by openRows.
  const columns = x.shape?.[1] ?? 1;
  const together = Math.max(1, Math.floor(blockRowsFor(columns) / BLOCK_ROWS));
  const blockValues = columns * BLOCK_ROWS * together;
  return await openRows(x, name, { blockValues }, signal);
}
