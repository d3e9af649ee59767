import type { Equivalent } from "../find_equivalent.ts";

/** Equivalents by file and line: the text that is replaced, the text that replaces it, and the reason. */
export type EquivalentTable = Readonly<
  Record<string, Readonly<Record<string, readonly (readonly [string, string, string])[]>>>
>;

/**
 * Lists the equivalents of a table.
 *
 * @param folder Path of the folder that the files are in, from the root of the workspace.
 * @param table The table.
 */
export function equivalentsIn(folder: string, table: EquivalentTable): Equivalent[] {
  return Object.entries(table).flatMap(([file, lines]) =>
    Object.entries(lines).flatMap(([line, changes]) =>
      changes.map(([original, replacement, because]) => ({
        file: `${folder}/${file}`,
        line,
        original,
        replacement,
        because,
      }))
    )
  );
}
