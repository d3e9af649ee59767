import { agree } from "./agree.ts";
import type { Mark } from "./marks.ts";

/** Emphasises series in their figure, and where the table of the figure speaks of them; nothing where none is given. */
export function emphasise(
  figure: Element,
  series: readonly (string | undefined)[],
  mark?: Pick<Mark, "x" | "y">,
): void {
  const parts = seriesIn(figure);
  const names = parts.map(({ dataset }) => dataset.series);
  const known = new Set(series.filter((one) => one !== undefined && names.includes(one)));
  figure.classList.toggle("emphasis", known.size > 0);
  for (const part of parts) {
    part.classList.toggle("linked", known.has(part.dataset.series));
  }
  const cells = new Set([...known].flatMap((one) => cellsOf(figure, one ?? "", mark)));
  for (const cell of allCells(figure)) cell.classList.toggle("linked", cells.has(cell));
}

/** The series of which a cell of a figure's table speaks: one that its row or its column names. */
export function seriesOfCell(figure: Element, cell: HTMLTableCellElement): string | undefined {
  const names = new Set(seriesIn(figure).map((part) => part.dataset.series));
  const row = cell.closest("tr");
  const texts = [
    ...[...row?.cells ?? []].map(textOf),
    textOf(headingOf(cell)),
  ];
  return texts.find((text) => names.has(text));
}

/** The cells that speak of a series, or of one mark of it where that can be told. */
function cellsOf(figure: Element, series: string, mark?: Pick<Mark, "x" | "y">): Element[] {
  const rows = [...figure.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  const headed = rows.filter((row) => textOf(row.cells[0]) === series);
  const ofSeries = headed.length > 0
    ? headed
    : rows.filter((row) => [...row.cells].some((cell) => textOf(cell) === series));
  if (ofSeries.length > 0) {
    return narrow(ofSeries, mark, (row) => [...row.cells].slice(1)).flatMap((
      row,
    ) => [...row.cells]);
  }
  const inColumn = (row: HTMLTableRowElement) =>
    [...row.cells].filter((cell) => textOf(headingOf(cell)) === series);
  return narrow(rows, mark, (row) => [row.cells[0], ...inColumn(row)]).flatMap(inColumn);
}

/** The rows that say what the mark says in the cells where they may, as far as any do. */
function narrow(
  rows: readonly HTMLTableRowElement[],
  mark: Pick<Mark, "x" | "y"> | undefined,
  cellsThatMay: (row: HTMLTableRowElement) => readonly Element[],
): readonly HTMLTableRowElement[] {
  const { lang } = document.documentElement;
  const saying = (among: readonly HTMLTableRowElement[], text: string) => {
    const found = among.filter((row) =>
      cellsThatMay(row).some((cell) => agree(textOf(cell), text, lang))
    );
    return found.length > 0 ? found : among;
  };
  return mark === undefined ? rows : saying(saying(rows, mark.x), mark.y);
}

function seriesIn(figure: Element): SVGElement[] {
  return [...figure.querySelectorAll<SVGElement>(".chart [data-series]")];
}

function allCells(figure: Element): HTMLTableCellElement[] {
  return [...figure.querySelectorAll<HTMLTableCellElement>("tbody :is(th, td)")];
}

function headingOf(cell: HTMLTableCellElement): HTMLTableCellElement | undefined {
  return cell.closest("table")?.tHead?.rows[0].cells[cell.cellIndex];
}

function textOf(element: Element | undefined): string {
  return element?.textContent ?? "";
}
