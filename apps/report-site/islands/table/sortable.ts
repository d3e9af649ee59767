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
      const order = nextOrder(heading);
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

function nextOrder(heading: HTMLTableCellElement): Order {
  const first: Order = heading.classList.contains("number") ? "descending" : "ascending";
  const second: Order = first === "ascending" ? "descending" : "ascending";
  return heading.getAttribute("aria-sort") === first ? second : first;
}

function sortRows(table: HTMLTableElement, column: number, order: Order): void {
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language);
  const sign = order === "ascending" ? 1 : -1;
  const keyed = [...bodyOf(table).rows].map((row) => {
    const text = row.cells[column].textContent ?? "";
    return { row, text, number: numberIn(text, language) };
  });
  const numeric = table.tHead?.rows[0].cells[column].classList.contains("number");
  keyed.sort((a, b) =>
    numeric ? compareNumbers(a.number, b.number, sign) : sign * collator.compare(a.text, b.text)
  );
  bodyOf(table).append(...keyed.map(({ row }) => row));
}

/** Cells without a number stand last in either order. */
function compareNumbers(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
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
