/**
 * The symbol of the method by which a value shows itself below a cell of a notebook, in Deno's kernel.
 *
 * @see https://docs.deno.com/runtime/reference/cli/jupyter/
 */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** A value in several forms, of which a notebook shows the richest that it can. */
export interface JupyterBundle {
  /** Plain text. */
  readonly "text/plain": string;
  /** An HTML fragment. */
  readonly "text/html"?: string;
  /** A drawing. */
  readonly "image/svg+xml"?: string;
}

/** Most rows of a table that a notebook shows. */
const MOST_ROWS = 30;

/** Most columns of a table that a notebook shows. */
const MOST_COLUMNS = 12;

/**
 * Makes a small table for a notebook; rows and columns beyond the first ones are left out, and counted.
 *
 * @param caption A line above the table.
 * @param header Name of each column.
 * @param rows Cells of each row, as many as there are columns; numbers are rounded to 4 digits.
 */
export function jupyterTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): JupyterBundle {
  const width = Math.min(header.length, MOST_COLUMNS);
  const cut = (cells: readonly (string | number)[]) =>
    cells.slice(0, width).map((cell) => typeof cell === "number" ? shortNumber(cell) : cell);
  const shown = rows.slice(0, MOST_ROWS).map(cut);
  const left = [
    ...rows.length > MOST_ROWS ? [counted(rows.length - MOST_ROWS, "more row")] : [],
    ...header.length > width ? [counted(header.length - width, "more column")] : [],
  ].join(", ");
  const note = left && `… ${left}`;
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const text = [cut(header), ...shown].map((cells) => cells.join("\t"));
  return {
    "text/plain": [caption, ...text, ...note ? [note] : []].join("\n"),
    "text/html": `<table><caption>${escapeHtml(caption)}</caption><thead>${
      line("th", cut(header))
    }</thead><tbody>${shown.map((cells) => line("td", cells)).join("")}</tbody></table>${
      note && `<p>${note}</p>`
    }`,
  };
}

/**
 * Counts things in words: `1 cluster`, `2 clusters`.
 *
 * @param count Number of things.
 * @param one Name of one of them, of which an s makes more.
 */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
