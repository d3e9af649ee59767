import { lines, times } from "./unroll.ts";

/** Number of rows of a tile; of the last one the numbers of all steps of a group come as one vector. */
const rows = 5;

/** Bits of the lanes of a tile, and the function that multiplies and adds vectors of them. */
interface Arithmetic {
  readonly bits: 32 | 64;
  readonly multiplyAdd: string;
}

/** Kinds of lanes, and the type of a vector of them. */
const kinds = {
  float32: { bits: 32, type: "f32x4", multiplyAdd: "multiplyAdd" },
  float64: { bits: 64, type: "f64x2", multiplyAdd: "multiplyAdd64" },
  pairs: { bits: 32, type: "i32x4", multiplyAdd: "addPairs" },
  quads: { bits: 32, type: "i32x4", multiplyAdd: "addQuads" },
} as const satisfies Readonly<Record<string, Arithmetic & { type: string }>>;

/**
 * Writes the tile of a product in float32 (5 × 8, groups of 4 steps), in float64 (5 × 4, groups of 2), or
 * of pairs of 16-bit integers or fours of 8-bit ones, as in float32 but for two or four numbers in a lane.
 */
export function productTile(kind: keyof typeof kinds): string {
  const { bits, type, multiplyAdd } = kinds[kind];
  const lanes = 128 / bits;
  return `
    /**
     * Computes a tile of ${rows} rows and ${
    2 * lanes
  } columns over \`groups\` of ${lanes} steps. For each group, \`left\` holds the numbers
     * of all rows but the last one step after the other, then those of the last row at all steps. Adds to
     * the numbers at \`out\` if \`accumulate\`.
     */
    export function tile(
      left: usize, right: usize, groups: i32, out: usize, rowBytes: usize, accumulate: i32,
    ): void {
      ${lines(rows, (r) => times(2, (c) => `let c${r}${c} = ${type}.splat(0);`))}
      let a: v128, b0: v128, b1: v128, t: v128;
      for (; groups > 0; groups--) {
        ${group({ bits, multiplyAdd }, "left")}
      }
      ${
    lines(rows, (r) =>
      `storeRow(out, c${r}0, c${r}1, accumulate); ${r < rows - 1 ? "out += rowBytes;" : ""}`)
  }
    }

    // @ts-ignore: decorator
    @inline
    function storeRow(out: usize, left: v128, right: v128, accumulate: i32): void {
      if (accumulate) {
        left = ${type}.add(left, v128.load(out));
        right = ${type}.add(right, v128.load(out, 16));
      }
      v128.store(out, left);
      v128.store(out, right, 16);
    }`;
}

/**
 * Writes the tile of scores: products of 8-bit integers, whose steps are of four columns and whose lanes are
 * sums of four products, and of float32.
 */
export function scoreTile(): string {
  const last = rows - 1;
  return `
    /**
     * Scores ${rows} rows against 8 columns: over \`integers\` groups of 16 numbers as 8-bit integers, and \`floats\`
     * groups of 4 numbers, both laid out as those of a product. Between those of the columns are their
     * units and terms, at \`ends\` what to add to the sums of each row, and its unit.
     */
    export function tile(
      left: usize, leftFloats: usize, right: usize, integers: i32, floats: i32, ends: usize,
      out: usize, rowBytes: usize,
    ): void {
      ${lines(rows, (r) => times(2, (c) => `let c${r}${c} = i32x4.splat(0);`))}
      let a: v128, b0: v128, b1: v128, t: v128;
      for (; integers > 0; integers--) {
        ${group({ bits: 32, multiplyAdd: "addQuads" }, "left")}
      }
      b0 = v128.load(right, 0), b1 = v128.load(right, 16);
      const t0 = v128.load(right, 32), t1 = v128.load(right, 48);
      right += 64;
      ${
    lines(rows, (r) => `
      t = v128.load32_splat(ends, ${8 * r});
      a = v128.load32_splat(ends, ${8 * r + 4});
      ${times(2, (c) => `c${r}${c} = inUnits(c${r}${c}, t, a, b${c}, t${c});`)}`)
  }
      for (; floats > 0; floats--) {
        ${group({ bits: 32, multiplyAdd: "multiplyAdd" }, "leftFloats")}
      }
      ${
    lines(rows, (r) => `
      v128.store(out, c${r}0); v128.store(out, c${r}1, 16); ${r < last ? "out += rowBytes;" : ""}`)
  }
    }

    // @ts-ignore: decorator
    @inline
    function inUnits(sums: v128, more: v128, rowUnit: v128, unit: v128, term: v128): v128 {
      const product = f32x4.mul(f32x4.convert_i32x4_s(i32x4.add(sums, more)), unit);
      return multiplyAdd(product, rowUnit, term);
    }`;
}

/** Writes what a tile does with one group of steps, and goes on to the next. */
function group({ bits, multiplyAdd }: Arithmetic, left: string): string {
  const lanes = 128 / bits;
  const vectors = (rows - 1) / lanes;
  const lane = (vector: string, i: number) =>
    `v128.shuffle<f${bits}>(${vector}, ${vector}, ${
      times(lanes, () => `${i}`).replaceAll(" ", ", ")
    })`;
  const addRow = (r: number, number: string) => `
    t = ${number};
    ${times(2, (c) => `c${r}${c} = ${multiplyAdd}(t, b${c}, c${r}${c});`)}`;
  const step = (p: number) => `
    b0 = v128.load(right, ${32 * p}), b1 = v128.load(right, ${32 * p + 16});
    ${
    lines(vectors, (v) => `
      a = v128.load(${left}, ${16 * (vectors * p + v)});
      ${lines(lanes, (i) => addRow(v * lanes + i, lane("a", i)))}`)
  }
    ${addRow(rows - 1, lane("last", p))}`;
  return `
    const last = v128.load(${left}, 64);
    ${lines(lanes, step)}
    ${left} += 80;
    right += ${32 * lanes};`;
}
