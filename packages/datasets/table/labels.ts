import { compactLabels, type Label } from "@mixtape/tensor-utils/host";

/** Labels of the rows, and the classes. */
export interface TableLabels {
  /** One label per row. */
  readonly labels: readonly Label[];
  /** The distinct labels, ascending. */
  readonly classes: readonly Label[];
}

/**
 * Makes labels of the cells of a column: numbers if each cell is a number as JavaScript writes it,
 * otherwise the cells as they are, so that `007` stays what it is.
 *
 * @param cells The cells, one per row.
 * @param column Name of the column in error messages.
 * @param file Name of the file in error messages.
 * @param firstRow Index of the first row in the table.
 * @throws {SyntaxError} If a row has no label.
 */
export function tableLabels(
  cells: readonly unknown[],
  column: string,
  file: string,
  firstRow = 0,
): TableLabels {
  const row = cells.findIndex(isMissing);
  if (row !== -1) {
    throw new SyntaxError(
      `Cannot read ${file}: row ${firstRow + row} has no label in the column ${
        JSON.stringify(column)
      }, ` +
        `each row needs one; give such rows a label of their own, or leave them out`,
    );
  }
  const labels = (isNumberText(cells) ? cells.map(Number) : cells.map(plainLabel)) as Label[];
  const kinds = new Set(labels.map((label) => typeof label));
  const uniform = kinds.size > 1 ? labels.map(String) : labels;
  return { labels: uniform, classes: compactLabels(uniform, "labels").values };
}

/**
 * Makes the labels of a block of the same kind as those of the blocks before it.
 *
 * @param labels Labels of the block.
 * @param kind Kind of the labels before it.
 * @param column Name of the column in error messages.
 * @param file Name of the file in error messages.
 * @throws {SyntaxError} If they were numbers so far, and are no longer.
 */
export function labelsLike(
  labels: readonly Label[],
  kind: string,
  column: string,
  file: string,
): readonly Label[] {
  const kinds: string[] = labels.map((label) => typeof label);
  if (kinds[0] === kind) return labels;
  if (kind === "string") return labels.map(String);
  const other = labels[kinds.findIndex((own) => own !== kind)];
  throw new SyntaxError(
    `Cannot read ${file} in blocks: the labels in the column ${
      JSON.stringify(column)
    } are of the ` +
      `kind ${kind} at first, and later there is ${JSON.stringify(String(other))}; ` +
      `read the table at once, or give all labels one kind`,
  );
}

function isMissing(cell: unknown): boolean {
  return cell === "" || cell === null || cell === undefined || Number.isNaN(cell);
}

function isNumberText(cells: readonly unknown[]): boolean {
  return cells.length > 0 && cells.every((cell) => {
    return typeof cell === "string" && String(Number(cell)) === cell &&
      Number.isFinite(Number(cell));
  });
}

/** Big integers that float64 holds become numbers, as the same labels of another format would be. */
function plainLabel(cell: unknown): unknown {
  if (typeof cell === "bigint" && Number.isSafeInteger(Number(cell))) return Number(cell);
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "object" ? JSON.stringify(cell) : cell;
}
