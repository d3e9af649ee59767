import type { Sprite } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import type { DataTableProps } from "./data_table.tsx";

/**
 * Makes a table of the position of each image in its file, for figures that show only images.
 *
 * @param sprite The picture.
 * @param text Texts of the page's language.
 * @param format Formats of numbers.
 * @param labels A label for each image, with the heading of their column, where labels are known.
 */
export function tileTable(
  { tile, columns, count }: Sprite,
  text: Catalogue,
  format: Format,
  labels?: { readonly column: string; readonly values: readonly string[] },
): Pick<DataTableProps, "columns" | "rows"> {
  const { image, left, top } = text.site.tileColumns;
  return {
    columns: [
      { label: image, format: format.count },
      { label: left, format: format.count, unit: "px" },
      { label: top, format: format.count, unit: "px" },
      ...labels ? [{ label: labels.column }] : [],
    ],
    rows: Array.from({ length: count }, (_, at) => [
      at + 1,
      (at % columns) * tile.width,
      Math.floor(at / columns) * tile.height,
      ...labels ? [labels.values[at] ?? null] : [],
    ]),
  };
}
