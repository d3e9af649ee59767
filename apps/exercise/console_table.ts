/** A table that `console.table` printed: its texts, by row and column. */
export interface ConsoleTable {
  /** Names of the columns. */
  readonly head: readonly string[];
  /** The rows. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a table that `console.table` printed.
 *
 * @param text The whole output of a cell.
 * @returns The table; nothing for an output that is anything else.
 */
export function readConsoleTable(text: string): ConsoleTable | undefined {
  const lines = text.trimEnd().split("\n");
  const isFramed = /^┌[─┬]*┐$/.test(lines[0]) && /^├[─┼]*┤$/.test(lines[2] ?? "") &&
    /^└[─┴]*┘$/.test(lines.at(-1) ?? "");
  const inside = [lines[1], ...lines.slice(3, -1)];
  if (!isFramed || inside.some((line) => !/^│.*│$/.test(line))) return undefined;
  const [head, ...rows] = inside.map((line) =>
    line.split("│").slice(1, -1).map((cell) => cell.trim())
  );
  return { head, rows };
}
