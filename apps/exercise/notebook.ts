import type { Part } from "./compose.ts";
import type { Output } from "./run_cells.ts";

/**
 * Writes parts as a Jupyter notebook, format 4.5, for Deno's kernel.
 *
 * @param parts The parts.
 * @param key Key of the code and its data.
 * @returns The file.
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function notebookOf(parts: readonly Part[], key: string): string {
  let executed = 0;
  const cells = parts.map((part, at) => {
    const id = `cell-${at}`;
    if (part.kind === "text") {
      return { cell_type: "markdown", id, metadata: {}, source: linesOf(part.markdown) };
    }
    executed++;
    return {
      cell_type: "code",
      id,
      metadata: {},
      execution_count: executed,
      source: linesOf(part.source),
      outputs: joined(part.outputs).map((output) => outputOf(output, executed)),
    };
  });
  const metadata = {
    mixtape: { key },
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: {
      name: "typescript",
      file_extension: ".ts",
      mimetype: "text/x.typescript",
      codemirror_mode: "typescript",
      pygments_lexer: "typescript",
      nbconvert_exporter: "script",
    },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function outputOf(output: Output, count: number): object {
  if (output.kind === "text") {
    return { output_type: "stream", name: "stdout", text: linesOf(output.text) };
  }
  const data = Object.fromEntries(
    Object.entries(output.bundle).map(([type, content]) => [
      type,
      type.startsWith("image/png") ? content : linesOf(content),
    ]),
  );
  return { output_type: "execute_result", data, metadata: {}, execution_count: count };
}

/** Joins what was printed one after the other. */
export function joined(outputs: readonly Output[]): Output[] {
  const all: Output[] = [];
  for (const output of outputs) {
    const last = all.at(-1);
    if (output.kind === "text" && last?.kind === "text") {
      all[all.length - 1] = { kind: "text", text: last.text + output.text };
    } else all.push(output);
  }
  return all;
}

/** Splits a text into its lines, each with its end. */
function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
