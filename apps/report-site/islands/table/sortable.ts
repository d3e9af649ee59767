/** The rows of a table without its heading. */
export function bodyOf(table: HTMLTableElement): HTMLTableSectionElement {
  return table.tBodies[0];
}

/** The column that a table is sorted by, and the direction. */
export interface Sorting {
  /** Index of the column. */
  readonly column: number;
  /** Direction. */
  readonly order: "ascending" | "descending";
}

/**
 * Makes the headings of a table buttons that sort it: numbers from the largest, text from the first letter, and the
 * other way round when pressed again.
 *
 * @param table The table; the headings of columns of numbers have the class `number`.
 * @param start The order to begin with; that of the table unless given.
 * @param onSort Is told each order that is chosen.
 * @returns Makes the headings plain again.
 */
export function sortable(
  table: HTMLTableElement,
  start?: Sorting,
  onSort: (sorting: Sorting) => void = () => {},
): () => void {
  const headings = [...table.tHead?.rows[0].cells ?? []];
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => {
      const order = nextOrder(isOfNumbers(heading), heading.getAttribute("aria-sort"));
      sort({ column, order });
      onSort({ column, order });
    });
    heading.replaceChildren(button);
  }
  if (start) sort(start);
  return () => {
    for (const heading of headings) heading.replaceChildren(heading.textContent ?? "");
  };

  function sort({ column, order }: Sorting): void {
    for (const other of headings) other.removeAttribute("aria-sort");
    headings[column].setAttribute("aria-sort", order);
    sortRows(table, column, order);
  }
}

type Order = Sorting["order"];

/**
 * The order that a press on a heading asks for: numbers from the largest, text from the first letter; the other way
 * round when the table is in that order already.
 *
 * @param isNumeric True for a column of numbers.
 * @param current The order of the table by this column, if it is in one.
 */
export function nextOrder(isNumeric: boolean, current: string | null): Order {
  const [first, second]: Order[] = isNumeric
    ? ["descending", "ascending"]
    : ["ascending", "descending"];
  return current === first ? second : first;
}

function sortRows(table: HTMLTableElement, column: number, order: Order): void {
  const rows = [...bodyOf(table).rows];
  const texts = rows.map((row) => row.cells[column].textContent ?? "");
  const isNumeric = isOfNumbers(table.tHead?.rows[0].cells[column]);
  const places = sortedPlaces(texts, { isNumeric, order, language: document.documentElement.lang });
  bodyOf(table).append(...places.map((at) => rows[at]));
}

function isOfNumbers(heading: HTMLTableCellElement | undefined): boolean {
  return heading?.classList.contains("number") ?? false;
}

/** Rules by which cells are sorted. */
export interface SortingRules extends Pick<Sorting, "order"> {
  /** True to sort by the numbers in the cells; those without a number stand last in either order. */
  readonly isNumeric: boolean;
  /** Language in which the cells are written. */
  readonly language: string;
}

/**
 * Sorts cells; those that are alike keep their order.
 *
 * @param texts Texts of the cells.
 * @param rules The rules.
 * @returns The places of the cells in their new order.
 */
export function sortedPlaces(
  texts: readonly string[],
  { isNumeric, order, language }: SortingRules,
): number[] {
  const sign = order === "ascending" ? 1 : -1;
  const { compare } = new Intl.Collator(language);
  const numbers = texts.map((text) => numberIn(text, language));
  return [...texts.keys()].sort((a, b) =>
    isNumeric ? compareNumbers(numbers[a], numbers[b], sign) : sign * compare(texts[a], texts[b])
  );
}

/** Cells without a number stand last in either order. */
function compareNumbers(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
}

/**
 * Reads an order as an address holds it.
 *
 * @param text The text: `2.ascending`.
 * @param columns Number of columns of the table.
 * @returns The order; nothing where the text is none of a column that exists.
 */
export function readSorting(text: string | undefined, columns: number): Sorting | undefined {
  const [, column, order] = /^(\d+)\.(ascending|descending)$/.exec(text ?? "") ?? [];
  if (column === undefined || Number(column) >= columns) return undefined;
  return { column: Number(column), order: order as Order };
}

/**
 * The number that a cell shows.
 *
 * @param text As it is written: `1,234.5`, `−0.2`, `97.2%`.
 * @param language Language whose order of letters counts.
 * @returns The number; NaN where the text has none.
 */
export function numberIn(text: string, language: string): number {
  const decimal = new Intl.NumberFormat(language).formatToParts(0.5)
    .find((part) => part.type === "decimal")?.value ?? ".";
  const kept = [...text.replace("−", "-")].filter((one) => /[-\d]/.test(one) || one === decimal);
  return kept.length === 0 ? NaN : Number(kept.join("").replace(decimal, "."));
}
