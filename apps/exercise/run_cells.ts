import { Console } from "node:console";
import { Writable } from "node:stream";
import { type CodeCell, splitShown, valuesCell } from "./cells.ts";

/** The output of a cell: what it printed, or the value that it ends with. */
export type Output =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly bundle: Readonly<Record<string, string>> };

/** The exercise's values, from which its answers are computed. */
export type Values = typeof import("./exercise.ts");

/** A run of all cells. */
export interface CellRun {
  /** Output of each cell, by its name. */
  readonly outputs: ReadonlyMap<string, readonly Output[]>;
  /** The values. */
  readonly values: Values;
}

/** Name under which the program finds what is around it. */
const around = "mixtape.exercise";

/**
 * Runs cells from top to bottom as one program, and keeps what each puts out.
 *
 * @param cells The cells; the last one exports the values.
 * @param onCell Called with the name of each cell that begins, and the share of cells before it.
 */
export async function runCells(
  cells: readonly CodeCell[],
  onCell: (name: string, share: number) => void,
): Promise<CellRun> {
  const outputs = new Map<string, Output[]>(cells.map(({ name }) => [name, []]));
  let current = cells[0].name;
  const sink = new Writable({
    write(chunk, _encoding, done) {
      outputs.get(current)!.push({ kind: "text", text: String(chunk) });
      done();
    },
  });
  const shared = {
    console: new Console({ stdout: sink, colorMode: false }),
    begin(name: string): void {
      current = name;
      onCell(name, cells.findIndex((cell) => cell.name === name) / cells.length);
    },
    show(value: unknown): void {
      outputs.get(current)!.push({ kind: "value", bundle: bundleOf(value) });
    },
  };
  const key = Symbol.for(around);
  Reflect.set(globalThis, key, shared);
  try {
    const code = encodeURIComponent(programOf(cells));
    const values = await import(`data:application/typescript;charset=utf-8,${code}`);
    return { outputs, values };
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}

function programOf(cells: readonly CodeCell[]): string {
  const head = `const { console, begin, show } = globalThis[Symbol.for("${around}")];`;
  const parts = cells.map(({ name, source }) => {
    const { statements, shown } = name === valuesCell ? { statements: source } : splitShown(source);
    const end = shown === undefined ? "" : `show(${shown});`;
    return `begin(${JSON.stringify(name)});\n${statements}\n${end}`;
  });
  return [head, ...parts].join("\n");
}

function bundleOf(value: unknown): Record<string, string> {
  const display = Object(value)[Symbol.for("Jupyter.display")];
  return typeof display === "function"
    ? display.call(value)
    : { "text/plain": Deno.inspect(value, { colors: false }) };
}
