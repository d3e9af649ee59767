import type { JSX } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { choiceInAddress, keepInAddress } from "../address.ts";
import { bodyOf, readSorting, sortable, type Sorting } from "./sortable.ts";

/** Properties of {@link TableTools}. */
export interface TableToolsProps {
  /** Name of the table. */
  readonly table: string;
  /** Columns by which to filter, and how each is called. */
  readonly filters: readonly { readonly column: number; readonly label: string }[];
  /** Says that a filter lets everything through. */
  readonly all: string;
  /** Between the number of rows that are shown and of all of them. */
  readonly of: string;
}

/** Choices that filter the rows of a table, whose headings become buttons that sort it. */
export function TableTools({ table: name, filters, all, of }: TableToolsProps): JSX.Element | null {
  const [table] = useState(() =>
    document.querySelector<HTMLTableElement>(`table[data-table="${name}"]`)
  );
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    filters.map(({ column }) => {
      const kept = choiceInAddress(`${name}.${column}`) ?? "";
      return valuesOf(column).includes(kept) ? kept : "";
    })
  );
  useLayoutEffect(() => {
    table?.closest("details")?.setAttribute("open", "");
    const kept = choiceInAddress(`${name}.sort`);
    const columns = table?.tHead?.rows[0].cells.length ?? 0;
    return table ? sortable(table, readSorting(kept, columns), keep) : undefined;
  }, []);
  useLayoutEffect(() => {
    for (const row of rowsOf(table)) row.hidden = !passes(row);
  }, [chosen]);
  const rows = rowsOf(table);
  if (filters.length === 0) return null;
  return (
    <p class="table-tools">
      {filters.map(({ column, label }, at) => (
        <label key={column}>
          {label}{" "}
          <select value={chosen[at]} onChange={(event) => choose(at, event.currentTarget.value)}>
            <option value="">{all}</option>
            {valuesOf(column).map((value) => <option key={value} value={value}>{value}</option>)}
          </select>
        </label>
      ))}
      <output>{rows.filter(passes).length} {of} {rows.length}</output>
    </p>
  );

  function choose(at: number, value: string): void {
    setChosen((before) => before.with(at, value));
    keepInAddress(`${name}.${filters[at].column}`, value || undefined);
  }

  function keep({ column, order }: Sorting): void {
    keepInAddress(`${name}.sort`, `${column}.${order}`);
  }

  function passes(row: HTMLTableRowElement): boolean {
    return filters.every(({ column }, at) =>
      chosen[at] === "" || row.cells[column].textContent === chosen[at]
    );
  }

  function valuesOf(column: number): string[] {
    return [...new Set(rowsOf(table).map((row) => row.cells[column].textContent ?? ""))];
  }
}

function rowsOf(table: HTMLTableElement | null): HTMLTableRowElement[] {
  return table ? [...bodyOf(table).rows] : [];
}
