import type { Cell, Column, DataTableProps } from "./data_table.tsx";
import type { Origin } from "./origin.ts";

/** The metadata that a table is downloaded with. */
export interface TableContext {
  /** The place on the page that shows it, from the top of the site: `kmeans.html#inertia`. */
  readonly page: string;
  /** Language of its labels. */
  readonly language: string;
  /** Origins of the table's numbers. */
  readonly origins: readonly Origin[];
}

/**
 * Writes a table as comma-separated values (RFC 4180): labels, then rows, numbers to full precision.
 *
 * Text that a spreadsheet would run as a formula begins with an apostrophe; the JSON has it as it is.
 */
export function tableCsv({ columns, rows }: DataTableProps): string {
  const lines = [columns.map((column) => column.label), ...rows];
  return lines.map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}

/** Writes a table as JSON: the numbers of the CSV with their types, units and origin. */
export function tableJson(
  table: DataTableProps,
  { page, language, origins }: TableContext,
): string {
  const { caption, explanation, columns, rows } = table;
  return `${
    JSON.stringify({
      title: caption,
      caption: explanation ?? null,
      page,
      language,
      columns: columns.map((column, at) => ({
        label: column.label,
        type: typeOf(column, rows.map((row) => row[at])),
        unit: column.unit ?? null,
      })),
      rows,
      origins,
    })
  }\n`;
}

function typeOf(column: Column, cells: readonly Cell[]): "number" | "text" {
  const values = cells.filter((cell) => cell !== null);
  if (values.length === 0) return column.format ? "number" : "text";
  return values.every((value) => typeof value === "number") ? "number" : "text";
}

function csvField(cell: Cell): string {
  const field = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell)
    ? `'${cell}`
    : String(cell ?? "");
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
