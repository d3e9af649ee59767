import type { JSX } from "preact";
import { IslandRoot } from "./island.tsx";
import { usePage } from "./page_context.ts";

/** A value of a table; null where there is none. */
export type Cell = string | number | null;

/** A column of a table. */
export interface Column {
  /** Heading. */
  readonly label: string;
  /** How a number is written; text needs none. */
  readonly format?: (value: number) => string;
}

/** What {@link DataTable} shows. */
export interface DataTableProps {
  /** What the table holds, for its caption. */
  readonly caption: string;
  /** Name of its CSV file, without the extension. */
  readonly name: string;
  /** Columns; the first one heads its row. */
  readonly columns: readonly Column[];
  /** Rows of values. */
  readonly rows: readonly (readonly Cell[])[];
  /** Columns to filter by; where this is given and scripts run, the table can be sorted, too. */
  readonly filters?: readonly number[];
}

/** A table of numbers, and the same as CSV. */
export function DataTable(props: DataTableProps): JSX.Element {
  const { caption, name, columns, rows, filters } = props;
  const { text, language, attach } = usePage();
  const href = attach(`${language.folder}tables/${name}.csv`, csv(columns, rows));
  return (
    <>
      {filters && (
        <IslandRoot
          name="table"
          properties={{
            table: name,
            filters: filters.map((column) => ({ column, label: columns[column].label })),
            all: text.site.filterAll,
            of: text.site.filterOf,
          }}
        />
      )}
      <div class="table-scroll" tabIndex={0} role="group" aria-label={caption}>
        <table data-table={filters && name}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.label} scope="col" class={column.format && "number"}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, at) => dataCell(cell, columns[at], at))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="download">
        <a href={href} download>{text.site.downloadCsv}</a>
      </p>
    </>
  );
}

function dataCell(cell: Cell, { format }: Column, at: number): JSX.Element {
  const shown = typeof cell === "number" && format ? format(cell) : cell ?? "—";
  return at === 0
    ? <th key={at} scope="row" class={format && "number"}>{shown}</th>
    : <td key={at} class={format && "number"}>{shown}</td>;
}

function csv(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns.map((column) => column.label), ...rows];
  return lines.map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}

function csvField(cell: Cell): string {
  const field = String(cell ?? "");
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
