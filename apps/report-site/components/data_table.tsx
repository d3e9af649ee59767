import type { JSX } from "preact";
import { Anchor } from "./anchor.tsx";
import { IslandRoot } from "./island.tsx";
import type { Origin } from "./origin.ts";
import { usePage } from "./page_context.ts";
import { TableSources } from "./table_sources.tsx";

/** A value of a table; null for an empty cell. */
export type Cell = string | number | null;

/** A column of a table. */
export interface Column {
  /** Heading. */
  readonly label: string;
  /** Formats the numbers of the column; columns of text need no format. */
  readonly format?: (value: number) => string;
  /** Unit of the column's numbers, if any, such as `s`. */
  readonly unit?: string;
  /** True for moments, whose dates and times stay whole. */
  readonly isMoment?: boolean;
}

/** Properties of {@link DataTable}. */
export interface DataTableProps {
  /** Caption of the table. */
  readonly caption: string;
  /** Explanation for the reader, if any. */
  readonly explanation?: string;
  /** Name of the table's files, without extension. */
  readonly name: string;
  /** Columns; cells of the first one are headers of their rows. */
  readonly columns: readonly Column[];
  /** Rows of values. */
  readonly rows: readonly (readonly Cell[])[];
  /** Indices of the columns to filter by; if given, and if scripts run, the table can be sorted, too. */
  readonly filters?: readonly number[];
  /** Index of the row that the page currently refers to. */
  readonly current?: number;
  /** Indices of rows to highlight; a column must give the reason as well. */
  readonly marked?: readonly number[];
  /** Origins of the numbers; those of the page unless given. */
  readonly origins?: readonly Origin[];
}

/** A table of numbers with an anchor, its files to download, and the options that produced it. */
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

/** A table of numbers, without files and options. */
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

function dataCell(cell: Cell, { format, isMoment }: Column, at: number): JSX.Element {
  const shown = typeof cell === "number" && format ? format(cell) : cell ?? "—";
  const name = format ? "number" : isMoment ? "moment" : undefined;
  return at === 0
    ? <th key={at} scope="row" class={name}>{shown}</th>
    : <td key={at} class={name}>{shown}</td>;
}
