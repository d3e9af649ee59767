import type { JSX } from "preact";
import { Anchor } from "./anchor.tsx";
import { IslandRoot } from "./island.tsx";
import type { Origin } from "./origin.ts";
import { usePage } from "./page_context.ts";
import { TableSources } from "./table_sources.tsx";

/** A value of a table; null where there is none. */
export type Cell = string | number | null;

/** A column of a table. */
export interface Column {
  /** Heading. */
  readonly label: string;
  /** How a number is written; text needs none. */
  readonly format?: (value: number) => string;
  /** Unit of its numbers, if they have one: `s`. */
  readonly unit?: string;
}

/** What {@link DataTable} shows. */
export interface DataTableProps {
  /** What the table holds, for its caption. */
  readonly caption: string;
  /** How to read it, where something is said of that. */
  readonly explanation?: string;
  /** Name of its files, without the extension. */
  readonly name: string;
  /** Columns; the first one heads its row. */
  readonly columns: readonly Column[];
  /** Rows of values. */
  readonly rows: readonly (readonly Cell[])[];
  /** Columns to filter by; where this is given and scripts run, the table can be sorted, too. */
  readonly filters?: readonly number[];
  /** The row that the page speaks of right now. */
  readonly current?: number;
  /** The rows to point out; a column says why, too. */
  readonly marked?: readonly number[];
  /** What made the numbers; what made those of the page unless given. */
  readonly origins?: readonly Origin[];
}

/** A table of numbers under an anchor of its own, the same to download, and the options that produced it. */
export function DataTable(table: DataTableProps): JSX.Element {
  const { name, caption } = table;
  return (
    <div class="data-table" id={name}>
      <TableView {...table} />
      <div class="foot">
        <TableSources table={table} anchor={name} />
        <Anchor id={name} title={caption} />
      </div>
    </div>
  );
}

/** A table of numbers alone. */
export function TableView(
  { caption, name, columns, rows, filters, current, marked }: DataTableProps,
): JSX.Element {
  const { text } = usePage();
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
              <tr
                key={index}
                class={marked?.includes(index) ? "marked" : undefined}
                aria-current={index === current ? "true" : undefined}
              >
                {row.map((cell, at) => dataCell(cell, columns[at], at))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function dataCell(cell: Cell, { format }: Column, at: number): JSX.Element {
  const shown = typeof cell === "number" && format ? format(cell) : cell ?? "—";
  return at === 0
    ? <th key={at} scope="row" class={format && "number"}>{shown}</th>
    : <td key={at} class={format && "number"}>{shown}</td>;
}
