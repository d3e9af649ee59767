import type { RowReference } from "../../row_reference.ts";
import type { OwnRows } from "./own_table.ts";

/** Names one of the rows of a file, by its number there and its id. */
export function referTo({ rowNumbers, fileIds }: OwnRows, row: number): RowReference {
  const id = fileIds === null ? "" : String(fileIds[rowNumbers[row]] ?? "");
  return { row: rowNumbers[row], id: id === "" ? null : id };
}
