import { lines, times } from "./unroll.ts";

/** Number of rows of a tile; of the last one the numbers of all steps of a group come as one vector. */
const rows = 5;

/** Writes the tile of a product in float32 (5 × 8, groups of 4 steps) or float64 (5 × 4, groups of 2). */
export function productTile(bits: 32 | 64): string {
  const lanes = 128 / bits;
  const type = bits === 32 ? "f32x4" : "f64x2";
  const multiplyAdd = bits === 32 ? "multiplyAdd" : "multiplyAdd64";
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
      a = v128.load(left, ${16 * (vectors * p + v)});
      ${lines(lanes, (i) => addRow(v * lanes + i, lane("a", i)))}`)
  }
    ${addRow(rows - 1, lane("last", p))}`;
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
        const last = v128.load(left, 64);
        ${lines(lanes, step)}
        left += 80;
        right += ${32 * lanes};
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
