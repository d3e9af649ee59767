/**
 * Cells that stand for a missing value: those of pandas, and the hyphen, the question mark and the
 * full stop of other programs.
 *
 * @see https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html, na_values
 */
const usual = [
  ..."|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN".split("|"),
  ..."<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null|-|?|.".split("|"),
];

/**
 * Returns the cells that stand for a missing value.
 *
 * @param more Further ones that the caller knows of.
 */
export function missingCells(more: readonly string[] = []): ReadonlySet<string> {
  return new Set([...usual, ...more.map((cell) => cell.trim())]);
}
