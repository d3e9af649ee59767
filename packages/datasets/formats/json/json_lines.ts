import type { ByteSource } from "../../sources/byte_source.ts";
import { encodedText, splitHead } from "../../sources/encoding.ts";
import { columnTable, type SourceColumn } from "../../table/column_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import { valuesKind } from "../../table/value_kind.ts";
import { parseJson } from "./parse_json.ts";

/** Rows of a block of lines. */
interface Lines {
  readonly rows: readonly Record<string, unknown>[];
  readonly lines: readonly number[];
  readonly bytesRead: number;
}

const SAMPLE_BYTES = 2 ** 20;

/**
 * Opens a file of JSON Lines: an object or a list per line. The lines of the first megabyte name
 * the columns.
 *
 * @throws {SyntaxError} If a line is no JSON, or no object or list, or has a column that none of
 * the first lines has.
 */
export async function openJsonLines(
  source: ByteSource,
  { missing, encoding }: { missing: ReadonlySet<string>; encoding?: string },
): Promise<OpenTable> {
  const text = await encodedText(source.chunks(), encoding);
  const { rest } = await splitHead(text.chunks, SAMPLE_BYTES);
  const blocks = lineBlocks(rest, source.name, text.encoding);
  const first = await blocks.next();
  if (first.done) {
    throw new SyntaxError(`Cannot read ${source.name}: it is empty, a table is needed`);
  }
  const names = [...new Set(first.value.rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name): SourceColumn => {
    const values = first.value.rows.map((row) => row[name]);
    return { name, ...valuesKind(values, missing, first.value.lines) };
  });
  return columnTable({
    name: source.name,
    missing,
    columns,
    async *read(needed) {
      const known = new Set(names);
      try {
        for (let next: IteratorResult<Lines> = first; !next.done; next = await blocks.next()) {
          const { rows, lines, bytesRead } = next.value;
          rows.forEach((row, i) => checkKeys(row, known, source.name, lines[i]));
          const cells = needed.map((index) => rows.map((row) => row[names[index]]));
          yield { rows: rows.length, cells, lines, bytesRead };
        }
      } finally {
        await blocks.return(undefined);
      }
    },
  });
}

function checkKeys(
  row: Record<string, unknown>,
  known: ReadonlySet<string>,
  name: string,
  line: number,
): void {
  for (const key in row) {
    if (known.has(key)) continue;
    throw new SyntaxError(
      `Cannot read ${name}: line ${line} has the column ${JSON.stringify(key)}, which none of ` +
        `the first lines has; give the first line all columns, null where there is no value`,
    );
  }
}

async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  encoding: string,
): AsyncGenerator<Lines> {
  const decoder = new TextDecoder(encoding);
  let rest = "";
  let line = 1;
  let bytesRead = 0;
  const parse = (text: string): Lines => {
    const rows: Record<string, unknown>[] = [];
    const lines: number[] = [];
    for (const part of text.split("\n")) {
      if (part.trim() !== "") {
        rows.push(rowOf(parseJson(part, name, line), name, line));
        lines.push(line);
      }
      line++;
    }
    return { rows, lines, bytesRead };
  };
  for await (const chunk of chunks) {
    bytesRead += chunk.length;
    rest += decoder.decode(chunk, { stream: true });
    const end = rest.lastIndexOf("\n");
    if (end === -1) continue;
    const block = parse(rest.slice(0, end));
    rest = rest.slice(end + 1);
    if (block.rows.length > 0) yield block;
  }
  const block = parse(rest + decoder.decode());
  if (block.rows.length > 0) yield block;
}

function rowOf(value: unknown, name: string, line: number): Record<string, unknown> {
  if (Array.isArray(value)) {
    return Object.fromEntries(value.map((cell, j) => [`column ${j}`, cell]));
  }
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new SyntaxError(
    `Cannot read ${name}: line ${line} is ${JSON.stringify(value).slice(0, 40)}, ` +
      `an object or a list is needed on each line`,
  );
}
