import { pacer } from "./abort.ts";
import { describeValue } from "./describe_value.ts";
import { gatherFromBlocks } from "./gather_from_blocks.ts";
import { checkValues, hostMatrix, viewMatrix } from "./host_matrix.ts";
import { joinRows } from "./join_rows.ts";
import { type HostMatrix, type MatrixLike, type MatrixRules, rowRange } from "./matrix.ts";
import { wideMagnitude } from "./power_of_two.ts";
import { readAhead } from "./read_ahead.ts";
import { RecycledMemory } from "./recycled_memory.ts";
import {
  type BlockMemory,
  type BlockPasses,
  blockRowsFor,
  isRowSource,
  type RowSource,
} from "./row_source.ts";

/** Consecutive rows of a larger matrix. */
export interface RowsBlock {
  /** The rows. */
  readonly x: HostMatrix;
  /** Index of the first of them in the whole. */
  readonly firstRow: number;
}

/** Requirements on the rows of a source, and the size of blocks. */
export interface ReaderRules extends MatrixRules {
  /** Number of values per block, about; 2²¹ by default. */
  readonly blockValues?: number;
  /** Number that the first row has in messages about numbers, where the source is a part; 0 by default. */
  readonly firstRow?: number;
}

const same = (x: HostMatrix) => x;

/**
 * The checked rows of a {@link RowSource}, in blocks whose size depends on the number of columns
 * alone: results do not depend on how the source cuts its rows.
 */
export class RowReader {
  /** Number of rows and number of columns. */
  readonly shape: readonly [rows: number, columns: number];
  /** Number of rows of each block but the last. */
  readonly blockRows: number;
  /** Passes over the blocks that are done elsewhere, unless the blocks are changed here. */
  readonly passes?: BlockPasses;
  readonly #source: RowSource;
  readonly #name: string;
  readonly #rules: ReaderRules;
  readonly #change: (x: HostMatrix) => HostMatrix;
  #magnitude: number | undefined;

  /**
   * Checks the shape of a source; nothing is read yet.
   *
   * @param source The source.
   * @param name Name of the data in error messages.
   * @param rules Further requirements.
   * @param change Changes each block once it is checked; rows and columns stay as many.
   * @throws {TypeError} If it is no source.
   * @throws {RangeError} If the shape is not that of a matrix, or not as required.
   */
  constructor(
    source: RowSource,
    name = "x",
    rules: ReaderRules = {},
    change: (x: HostMatrix) => HostMatrix = same,
  ) {
    this.shape = checkSourceShape(source, name, rules);
    this.blockRows = blockRowsFor(this.shape[1], rules.blockValues);
    this.#source = source;
    this.#name = name;
    this.#rules = rules;
    this.#change = change;
    if (change === same) this.passes = source.passes;
  }

  /** Returns the same rows, changed block by block. */
  map(change: (x: HostMatrix) => HostMatrix): RowReader {
    return new RowReader(this.#source, this.#name, this.#rules, (x) => change(this.#change(x)));
  }

  /**
   * Reads all rows once, if that was not done before, and returns what {@link wideMagnitude} finds.
   *
   * @param signal Ends the reading.
   */
  async magnitude(signal?: AbortSignal): Promise<number> {
    this.#magnitude ??= await this.passes?.magnitude(this, signal);
    if (this.#magnitude !== undefined) return this.#magnitude;
    for await (const _ of this.transientBlocks(signal));
    return this.#magnitude!;
  }

  /**
   * Reads and checks the rows, the next block while the caller computes with the current one.
   *
   * @param signal Ends the reading.
   * @throws {TypeError} If a block is not a matrix.
   * @throws {RangeError} If there are fewer or more rows than announced, a block has other columns,
   * or a value is not finite.
   */
  blocks(signal?: AbortSignal): AsyncGenerator<RowsBlock> {
    return this.#read(signal);
  }

  /**
   * Reads the rows as {@link RowReader.blocks} does, in less time, for computations that are done with each
   * block before they ask for the next: its memory may be used again. Numbers are looked at in a first reading
   * alone: whoever finds that a sum over a block is not finite calls {@link RowReader.check}.
   *
   * @param signal Ends the reading.
   * @throws {TypeError} If a block is not a matrix.
   * @throws {RangeError} If there are fewer or more rows than announced, or a block has other columns.
   */
  transientBlocks(signal?: AbortSignal): AsyncGenerator<RowsBlock> {
    return this.#read(signal, new RecycledMemory(this.blockRows));
  }

  /**
   * Copies some rows, in the given order.
   *
   * @param indices Indices from 0 to n − 1; any may come several times.
   * @param signal Ends the reading.
   * @returns A matrix of as many rows as indices.
   */
  gather(indices: ArrayLike<number>, signal?: AbortSignal): Promise<HostMatrix> {
    return gatherFromBlocks(this, indices, signal);
  }

  /**
   * Checks that the numbers of a block are finite.
   *
   * @param block The block.
   * @throws {RangeError} If one is not.
   */
  check({ x, firstRow }: RowsBlock): void {
    const { allowNaN = false, firstRow: from = 0 } = this.#rules;
    checkValues(x, this.#name, allowNaN, from + firstRow);
  }

  async *#read(signal?: AbortSignal, memory?: BlockMemory): AsyncGenerator<RowsBlock> {
    const isFirst = this.#magnitude === undefined;
    const [n] = this.shape;
    const pace = pacer(signal);
    let magnitude = 0;
    let firstRow = 0;
    const whole = joined(this.#checked(signal, isFirst, memory), this.blockRows);
    for await (const x of readAhead(whole, signal)) {
      await pace();
      const changed = this.#change(x);
      if (isFirst) magnitude = Math.max(magnitude, wideMagnitude(changed));
      yield { x: changed, firstRow };
      firstRow += x.shape[0];
    }
    if (firstRow !== n) throw this.#wrongRows(firstRow, isFirst);
    this.#magnitude ??= magnitude;
  }

  async *#checked(
    signal: AbortSignal | undefined,
    isFirst: boolean,
    memory?: BlockMemory,
  ): AsyncGenerator<HostMatrix> {
    const [n, d] = this.shape;
    const blocks = this.#source.blocks(signal, memory);
    if (typeof blocks?.[Symbol.asyncIterator] !== "function") {
      throw new TypeError(
        `Cannot read ${this.#name}: its blocks() returned ${describeValue(blocks)}, ` +
          `an async iterable of matrices is needed`,
      );
    }
    const pace = pacer(signal);
    let row = 0;
    for await (const given of blocks) {
      await pace();
      const block = await this.#view(given, row);
      const [rows, columns] = block.shape;
      if (columns !== d) {
        throw new RangeError(
          `Cannot use ${this.#name}: its block from row ${row} on has ${columns} columns, ` +
            `its shape [${n}, ${d}] announces ${d}`,
        );
      }
      if (row + rows > n) throw this.#wrongRows(row + rows, isFirst);
      if (isFirst || !memory) this.check({ x: block, firstRow: row });
      row += rows;
      if (rows > 0) yield block;
    }
  }

  async #view(block: MatrixLike, row: number): Promise<HostMatrix> {
    const name = `the block of ${this.#name} from row ${row} on`;
    // Numbers are checked afterwards, to name the row of the whole.
    return viewMatrix(block, name, { minRows: 0 }) ??
      await hostMatrix(block, name, { minRows: 0, allowNaN: true });
  }

  #wrongRows(found: number, isFirst: boolean): RangeError {
    const [n] = this.shape;
    const again = isFirst
      ? `as many rows as its shape announces are needed`
      : `blocks() must yield the same rows each time it is called`;
    return new RangeError(
      `Cannot read ${this.#name}${isFirst ? "" : " again"}: its source has ` +
        `${found < n ? `ended after ${found}` : `given ${found}`} of ${n} rows, ${again}`,
    );
  }
}

function checkSourceShape(
  source: RowSource,
  name: string,
  { minRows = 1, columns }: MatrixRules,
): readonly [number, number] {
  if (!isRowSource(source)) {
    throw new TypeError(
      `Cannot read ${name}: ${describeValue(source)} was given, ` +
        `a source with shape and blocks() is needed, such as matrixSource makes`,
    );
  }
  const { shape } = source;
  const isCount = (size: unknown) => Number.isSafeInteger(size) && (size as number) >= 0;
  const sizes: readonly unknown[] = Array.isArray(shape) ? shape : [];
  if (sizes.length !== 2 || !sizes.every(isCount)) {
    throw new RangeError(
      `Cannot read ${name}: the shape of its source is ${describeValue(shape)}, ` +
        `two whole numbers [n, d] are needed`,
    );
  }
  const [n, d] = shape;
  if (n < minRows || n > 2 ** 32 - 1) {
    throw new RangeError(
      `Cannot use ${name}: its source has ${n} rows, from ${minRows} to ${2 ** 32 - 1} are needed`,
    );
  }
  if (d < 1 || (columns !== undefined && d !== columns)) {
    throw new RangeError(
      `Cannot use ${name}: its source has ${d} columns, ` +
        (columns === undefined
          ? "at least 1 is needed"
          : `${columns} are needed, as in the data the model was fitted on`),
    );
  }
  return [n, d];
}

/** Joins and cuts blocks so that each but the last has `rows` rows; one that fits is not copied. */
async function* joined(
  blocks: AsyncIterable<HostMatrix>,
  rows: number,
): AsyncGenerator<HostMatrix> {
  let parts: HostMatrix[] = [];
  let held = 0;
  for await (const block of blocks) {
    let from = 0;
    while (from < block.shape[0]) {
      const taken = Math.min(rows - held, block.shape[0] - from);
      parts.push(rowRange(block, from, from + taken));
      held += taken;
      from += taken;
      if (held < rows) break;
      yield joinRows(parts);
      parts = [];
      held = 0;
    }
  }
  if (held > 0) yield joinRows(parts);
}
