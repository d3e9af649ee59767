/** A cell of code. */
export interface CodeCell {
  /** Its name, from the line `// %% name` above it. */
  readonly name: string;
  /** Its code, without empty lines around it. */
  readonly source: string;
}

/** The cell that tells the values to the texts; a notebook does not have it. */
export const valuesCell = "values";

/**
 * Splits a program at its lines `// %% name`; what stands before the first of them is left out.
 *
 * @param program The program.
 */
export function splitCells(program: string): CodeCell[] {
  return program.split(/^\/\/ %% /m).slice(1).map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end).trim(), source: part.slice(end).trim() };
  });
}

/** A cell in two parts: a notebook shows the value of the last one, if it is an expression. */
export interface SplitSource {
  /** The statements. */
  readonly statements: string;
  /** The expression at the end, without its semicolon; nothing if the last statement is none. */
  readonly shown?: string;
}

/**
 * Splits off the expression that ends a cell: a last statement that begins with a name and is neither a declaration nor
 * a call of the console.
 *
 * @param source Code of a cell, as `deno fmt` writes it.
 */
export function splitShown(source: string): SplitSource {
  const lines = source.split("\n");
  const at = lines.findLastIndex((line) => /^\w/.test(line));
  const isStatement = /^(const|let|import|export|for|if|console)\b/.test(lines[at]);
  if (isStatement) return { statements: source };
  const shown = lines.slice(at).join("\n").replace(/;$/, "");
  return { statements: lines.slice(0, at).join("\n"), shown };
}
