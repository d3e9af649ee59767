/** The rows of a table without its heading. */
export function bodyOf(table: HTMLTableElement): HTMLTableSectionElement {
  return table.tBodies[0];
}

/**
 * Makes the headings of a table buttons that sort it: numbers from the largest, text from the first letter, and the
 * other way round when pressed again.
 *
 * @param table The table; cells that hold numbers say which in `data-value`.
 * @returns Makes the headings plain again.
 */
export function sortable(table: HTMLTableElement): () => void {
  const headings = [...table.tHead?.rows[0].cells ?? []];
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => {
      const order = nextOrder(heading);
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", order);
      sortRows(table, column, order);
    });
    heading.replaceChildren(button);
  }
  return () => {
    for (const heading of headings) heading.replaceChildren(heading.textContent ?? "");
  };
}

type Order = "ascending" | "descending";

function nextOrder(heading: HTMLTableCellElement): Order {
  const first: Order = heading.classList.contains("number") ? "descending" : "ascending";
  const second: Order = first === "ascending" ? "descending" : "ascending";
  return heading.getAttribute("aria-sort") === first ? second : first;
}

function sortRows(table: HTMLTableElement, column: number, order: Order): void {
  const collator = new Intl.Collator(document.documentElement.lang);
  const sign = order === "ascending" ? 1 : -1;
  const rows = [...bodyOf(table).rows].sort((a, b) =>
    compareCells(a.cells[column], b.cells[column], sign, collator)
  );
  bodyOf(table).append(...rows);
}

/** Cells without a value stand last in either order. */
function compareCells(
  a: HTMLTableCellElement,
  b: HTMLTableCellElement,
  sign: number,
  collator: Intl.Collator,
): number {
  const [x, y] = [a.dataset.value, b.dataset.value];
  if (x !== undefined && y !== undefined) return sign * (Number(x) - Number(y));
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  return sign * collator.compare(a.textContent ?? "", b.textContent ?? "");
}
