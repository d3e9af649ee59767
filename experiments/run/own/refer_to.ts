import type { RowReference } from "../../row_reference.ts";
import type { OwnTable } from "./own_table.ts";

/** Names a row of a table, by its number in the file and its id. */
export function referTo({ rowNumbers, fileIds }: OwnTable, row: number): RowReference {
  const id = fileIds === null ? "" : String(fileIds[rowNumbers[row]] ?? "");
  return { row: rowNumbers[row], id: id === "" ? null : id };
}
