import type { Machine } from "./machine.ts";
import type { RowResult } from "./row_result.ts";

/** The content of a file that `--json` writes. */
export interface BenchResults {
  /** Version of the format. */
  readonly schemaVersion: 1;
  /** The machine on which the rows were measured. */
  readonly machine: Machine;
  /** The rows that were measured. */
  readonly rows: readonly RowResult[];
}

/**
 * Merges the results of this run with those of earlier runs on the same machine, so that a row can be measured
 * again alone; results of another machine are dropped.
 *
 * @param before The results in the file, if it exists.
 * @param now The results of this run.
 * @param order Identifiers of all rows, in the order of the table.
 * @returns The results to write to the file.
 */
export function mergeResults(
  before: BenchResults | undefined,
  now: BenchResults,
  order: readonly string[],
): BenchResults {
  const same = before && JSON.stringify(before.machine) === JSON.stringify(now.machine);
  const measured = new Set(now.rows.map(({ id }) => id));
  const kept = same ? before.rows.filter(({ id }) => !measured.has(id)) : [];
  const place = ({ id }: RowResult) => order.indexOf(id);
  return { ...now, rows: [...kept, ...now.rows].toSorted((a, b) => place(a) - place(b)) };
}

/**
 * Reads a file that `--json` wrote.
 *
 * @param path The file.
 * @returns The results, or nothing if there is no file.
 * @throws {SyntaxError} If the file holds something else.
 */
export async function readResults(path: string): Promise<BenchResults | undefined> {
  // An error of stat names the path, which one of opening does not.
  const text = await Deno.stat(path).then(() => Deno.readTextFile(path)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const results = JSON.parse(text);
  if (results?.schemaVersion === 1 && Array.isArray(results.rows)) return results;
  throw new SyntaxError(`Cannot read ${path}: it holds no results of deno task bench`);
}
