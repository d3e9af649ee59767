import type { Equivalent } from "../find_equivalent.ts";

/** Words of the control block that host and workers share by name alone, with room behind each. */
const places = [
  ["GENERATION", "0", "1"],
  ["STATE", "32", "33"],
  ["JOB", "48", "49"],
  ["FAILURE", "64", "65"],
  ["READY", "256", "257"],
];

/** Mutants of the host of the `simd` backend that behave like the original. */
export const inSimdHost: readonly Equivalent[] = [
  ...places.map(([name, original, replacement]) => ({
    file: "packages/simd/pool/control_block.ts",
    line: `export const ${name} = ${original};`,
    ...{ original, replacement },
    because: "host and workers find it elsewhere, where nothing else is",
  })),
  {
    file: "packages/simd/pool/control_block.ts",
    line: "export const OVER = 1 << 17;",
    original: "17",
    replacement: "18",
    because: "host and workers take another bit, which nothing else uses",
  },
  ...["80", "20"].map((original) => ({
    file: "packages/simd/operations/distances.ts",
    line: original === "80" ? "const PAIR_BYTES = 80 * BLOCK / 5;" : "const STAGE = 1 << 20;",
    original,
    replacement: String(Number(original) + 1),
    because: "more room than is needed, or larger stages, give the same distances",
  })),
  ...[
    ["product.ts", "const DEPTH = 512;", "512", "513"],
    ["product.ts", "const BLOCKS = 16;", "16", "17"],
    ["product.ts", "const BLOCK_ROWS = 4 * TILE_ROWS;", "4", "5"],
    ["product64.ts", "const DEPTH = 512;", "512", "513"],
    ["product64.ts", "const BLOCKS = 16;", "16", "17"],
    ["product64.ts", "const BLOCK_ROWS = 4 * TILE_ROWS;", "4", "5"],
    ["neighbors.ts", "const BLOCK_QUERIES = 8 * TILE_ROWS;", "8", "9"],
    ["reductions.ts", "const MOST_PARTIALS = 64;", "64", "65"],
    ["mixture.ts", "const MOST_SLOTS = 32;", "32", "33"],
    ["dense/sparse_rows.ts", "const sampledRows = 512;", "512", "513"],
    ["dense/sparse_rows.ts", "const mostColumnBlocks = 12;", "12", "13"],
  ].map(([file, line, original, replacement]) => ({
    file: `packages/simd/operations/${file}`,
    ...{ line, original, replacement },
    because: "the work is divided otherwise, with the same results but for rounding",
  })),
];
