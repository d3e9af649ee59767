/** Forms of numbers that are not read, and what to do about each. */
const hints: readonly (readonly [form: RegExp, hint: string])[] = [
  [/^[+-]?\d[\d.,]*\s?%$/, "percent signs are not read, take them out of the file"],
  [
    /^[+-]?\p{Sc}\s?[+-]?\d[\d.,]*$|^[+-]?\d[\d.,]*\s?\p{Sc}$/u,
    "currency signs are not read, take them out of the file",
  ],
  [
    /^[+-]?\d{1,3}([,.' \u00a0\u202f])\d{3}(\1\d{3})*([.,]\d+)?$/,
    "the option thousands names the mark between groups of digits",
  ],
  [
    /^[+-]?(inf|infinity|∞)$/i,
    "infinite numbers are not read, the option missing names cells to read as missing",
  ],
  [
    /^[+-]?[\d.,]+( +[+-]?[\d.,]+)+$/,
    "the option delimiter names the mark between cells, such as a space",
  ],
  [
    /^#|\s#/,
    "what follows a # is no comment here, take it out of the file",
  ],
];

/**
 * Returns advice on a cell that seems to be a number in a form which is not read.
 *
 * @param cell The cell, without white space around it.
 * @returns The advice, a clause; nothing for other text.
 */
export function cellHint(cell: string): string | undefined {
  return hints.find(([form]) => form.test(cell))?.[1];
}
