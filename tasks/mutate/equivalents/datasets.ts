import { equivalentsIn } from "./equivalents_in.ts";
import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of the package of data sets that behave like the original. */
export const inDatasets: readonly Equivalent[] = equivalentsIn("packages/datasets", {
  "formats/binary/parquet_table.ts": {
    'const isFlat = kind === "number" && width === undefined && node?.children.length === 0;': [
      ["0", "1", "columns read with the others hold the same numbers, later"],
    ],
  },
  "sources/gunzip.ts": {
    "const output = createGunzip({ chunkSize: 2 ** 18 });": [
      ["2", "3", "larger chunks hold the same bytes"],
      ["18", "19", "larger chunks hold the same bytes"],
    ],
  },
  "table/join_blocks.ts": {
    "if (blocks.length === 1 && isWhole) return { values: blocks[0].values, shape };": [
      ["blocks.length === 1 && isWhole", "false", "a copy of the block holds the same values"],
    ],
  },
  "table/matrix_table.ts": {
    "const isWhole = matrix.length === d && matrix.every((column, j) => column === j);": [
      ["column === j", "false", "all columns, picked one by one, are the same values"],
    ],
  },
});
