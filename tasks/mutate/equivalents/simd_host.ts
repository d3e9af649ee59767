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
    line: "export const ARGUMENT_SLOTS = 352;",
    original: "352",
    replacement: "353",
    because: "no kernel has so many arguments, and there is room behind them",
  },
  {
    file: "packages/simd/pool/control_block.ts",
    line: "export const OVER = 1 << 17;",
    original: "17",
    replacement: "18",
    because: "host and workers take another bit, which nothing else uses",
  },
  ...["96", "20"].map((original) => ({
    file: "packages/simd/operations/distances.ts",
    line: original === "96" ? "const PAIR_BYTES = 96 * BLOCK / 6;" : "const STAGE = 1 << 20;",
    original,
    replacement: String(Number(original) + 1),
    because: "more room than is needed, or larger stages, give the same distances",
  })),
  ...[
    ["product.ts", "const DEPTH = 512;", "512", "513"],
    ["product.ts", "const MOST_ROWS = 80;", "80", "81"],
    ["product.ts", "const BLOCKS = { kept: 64, anew: 16 };", "64", "65"],
    ["product.ts", "const BLOCKS = { kept: 64, anew: 16 };", "16", "17"],
    ["product64.ts", "const DEPTH = 512;", "512", "513"],
    ["product64.ts", "const BLOCKS = 16;", "16", "17"],
    ["product64.ts", "const BLOCK_ROWS = 4 * TILE_ROWS;", "4", "5"],
    ["neighbors.ts", "const BLOCK_QUERIES = 8 * TILE_ROWS;", "8", "9"],
    ["reductions.ts", "const MOST_PARTIALS = 64;", "64", "65"],
    ["mixture.ts", "const MOST_SLOTS = 256;", "256", "257"],
    ["dense/sparse_rows.ts", "const sampledRows = 512;", "512", "513"],
    ["dense/sparse_rows.ts", "const mostColumnBlocks = 12;", "12", "13"],
  ].map(([file, line, original, replacement]) => ({
    file: `packages/simd/operations/${file}`,
    ...{ line, original, replacement },
    because: "the work is divided otherwise, with the same results but for rounding",
  })),
  ...[
    ["distances.ts", "const STAGE = 1 << 20;", "1", "2"],
    ["dense/sparse_rows.ts", "const chunkBytes = 8 << 20;", "8", "9"],
    ["dense/sparse_rows.ts", "const chunkBytes = 8 << 20;", "20", "21"],
    ["lloyd/sparse_rows.ts", "const STAGE = 2 << 20;", "2", "3"],
    ["lloyd/sparse_rows.ts", "const STAGE = 2 << 20;", "20", "21"],
    ["lloyd/cluster_sizes.ts", "export const NARROW_STAGE = 16 * NARROW_BLOCK;", "16", "17"],
    ["mixture.ts", "const SLOT_BUDGET = 2 ** 28;", "28", "29"],
  ].map(([file, line, original, replacement]) => ({
    file: `packages/simd/operations/${file}`,
    ...{ line, original, replacement },
    because: "a larger part of the data is in memory at once, and is computed alike",
  })),
  ...[
    ["mixture_bounds.ts", "const BUDGET = 2 ** 28;", "28", "29"],
    ["mixture_bounds.ts", "const MOST_COLUMNS = 256;", "256", "257"],
    [
      "mixture_bounds.ts",
      "if (bytes > BUDGET || !this.#areWorthTheirTime(after.k)) return MixtureBounds.none;",
      ...["bytes > BUDGET", "bytes <= BUDGET"],
    ],
    [
      "lloyd/cluster_sizes.ts",
      "return k >= GROUPED && n * groups <= MOST_BOUNDS ? groups : 0;",
      ...["n * groups <= MOST_BOUNDS", "n * groups > MOST_BOUNDS"],
    ],
    ["lloyd/data.ts", "const MANY = 16;", "16", "17"],
    ["lloyd/data.ts", "const MOST_PRODUCTS = 2 ** 27;", "27", "28"],
    ["lloyd/data.ts", "const FEWEST = 32;", "32", "33"],
    ...[
      ["k === 1 || k >= (rows.dense ? MANY : GROUPED)", "true"],
      ["1", "2"],
      ["k >= (rows.dense ? MANY : GROUPED)", "true"],
      ["k >= (rows.dense ? MANY : GROUPED)", "k > (rows.dense ? MANY : GROUPED)"],
    ].map((change) => [
      ...["lloyd/data.ts", "if (k === 1 || k >= (rows.dense ? MANY : GROUPED)) return noSketch;"],
      ...change,
    ]),
    ...[
      ["n < 2048 || terms <= FEWEST || n * k > MOST_PRODUCTS", "true"],
      ["2048", "2049"],
      ["n < 2048", "n <= 2048"],
      ["n * k > MOST_PRODUCTS", "n * k >= MOST_PRODUCTS"],
    ].map((change) => [
      ...[
        "lloyd/data.ts",
        "if (n < 2048 || terms <= FEWEST || n * k > MOST_PRODUCTS) return noSketch;",
      ],
      ...change,
    ]),
    ["lloyd/references.ts", "const TURN = 8;", "8", "9"],
    ["lloyd/references.ts", "const STRIDE = 8;", "8", "9"],
    ["lloyd/references.ts", "const RECENT = 64;", "64", "65"],
    ["lloyd/references.ts", "#capacity = 64;", "64", "65"],
    ["lloyd/basis.ts", "const TURNS = 2;", "2", "3"],
    ["lloyd/basis.ts", "let state = 1;", "1", "2"],
    ...[["1664525", "1664526"], ["1013904223", "1013904224"]].map((change) => [
      ...["lloyd/basis.ts", "state = Math.imul(state, 1664525) + 1013904223 | 0;", ...change],
    ]),
    ...[["2", "3"], ["31", "32"]].map((change) => [
      ...["lloyd/basis.ts", "return state / 2 ** 31;", ...change],
    ]),
  ].map(([file, line, original, replacement]) => ({
    file: `packages/simd/operations/${file}`,
    ...{ line, original, replacement },
    because: "bounds that are kept or not, or are a little looser, save more or less time",
  })),
  {
    file: "packages/simd/operations/lloyd/narrow_candidates.ts",
    line: "return rows.original > 0 && d <= NARROW && !copied;",
    original: "rows.original > 0 && d <= NARROW && !copied",
    replacement: "false",
    because: "candidates of any rows are measured alike, if not as fast",
  },
  ...[
    [
      "matmul.ts",
      "if (bias && (tf.util.sizeFromShape(bias.shape) !== n || bias.shape.at(-1) !== n)) {",
      ...["tf.util.sizeFromShape(bias.shape) !== n || bias.shape.at(-1) !== n", "true"],
    ],
    [
      "reductions.ts",
      "const trailing = axes.every((at, i) => at === rank - axes.length + i);",
      ...["rank - axes.length + i", "rank - axes.length - i"],
    ],
  ].map(([file, line, original, replacement]) => ({
    file: `packages/simd/operations/${file}`,
    ...{ line, original, replacement },
    because: "what the kernel is not asked for, TensorFlow.js's own computes, but for rounding",
  })),
  {
    file: "packages/simd/operations/lloyd/panels.ts",
    line: "for (let first = 0; first < count; first += PANEL) {",
    original: "first < count",
    replacement: "first <= count",
    because: "a panel behind the last has no columns",
  },
  {
    file: "packages/simd/operations/lloyd/placement.ts",
    line: "const LONGEST = 1e15;",
    original: "1e15",
    replacement: "1000000000000001",
    because: "scores of lengths beside the limit fit float32 by far",
  },
];
