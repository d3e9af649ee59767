import { lines, times } from "./unroll.ts";

/** Number of rows of a tile. */
const rows = 6;

/** The limits of four squared distances, and the end of a row of them, for each type of distances. */
const kinds = {
  single: {
    limits: `const limits = narrowed(
      f64x2.mul(f64x2.splat(CANCELLED_SINGLE), low), f64x2.mul(f64x2.splat(CANCELLED_SINGLE), high),
    );`,
    finish: (r: number) => `
      const square${r} = narrowed(first, second);
      limit = f32x4.add(v128.load32_splat(ends, ${16 * r + 8}), limits);
      kept = v128.and(f32x4.gt(square${r}, limit), f32x4.lt(square${r}, f32x4.splat(MOST_SINGLE)));
      v128.store(out, f32x4.sqrt(square${r}));`,
  },
  double: {
    limits: `const lowLimits = f64x2.mul(f64x2.splat(CANCELLED), low);
      const highLimits = f64x2.mul(f64x2.splat(CANCELLED), high);`,
    finish: (r: number) => `
      limit = v128.load64_splat(ends, ${16 * r + 8});
      kept = v128.shuffle<i32>(
        isKept(first, f64x2.add(limit, lowLimits)), isKept(second, f64x2.add(limit, highLimits)),
        0, 2, 4, 6,
      );
      v128.store(out, f64x2.sqrt(first));
      v128.store(out, f64x2.sqrt(second), 16);`,
  },
} as const;

/** Writes the tile of distances that become float32, or stay float64. */
export function distanceTile(kind: keyof typeof kinds): string {
  const { limits, finish } = kinds[kind];
  return `
    /**
     * Measures ${rows} rows against 4 points over \`pairs\` of steps, of which \`left\` holds one row after the other.
     * At \`ends\` are the square and the limit of each row, at \`squares\` those of the points. Stores at \`masks\`
     * which distances kept their digits, and returns true if all did.
     */
    export function ${kind}Tile(
      left: usize, right: usize, pairs: i32, ends: usize, squares: usize, out: usize, rowBytes: usize,
      masks: usize,
    ): bool {
      ${lines(rows, (r) => times(2, (c) => `let c${r}${c} = f64x2.splat(0);`))}
      let b0: v128, b1: v128, t: v128;
      for (; pairs > 0; pairs--) {
        ${lines(2, step)}
        left += ${16 * rows};
        right += 64;
      }
      const low = v128.load(squares), high = v128.load(squares, 16);
      ${limits}
      let first: v128, second: v128, limit: v128, kept: v128;
      let all = i32x4.splat(-1);
      ${
    lines(rows, (r) => `
      t = v128.load64_splat(ends, ${16 * r});
      first = f64x2.add(f64x2.add(t, low), c${r}0);
      second = f64x2.add(f64x2.add(t, high), c${r}1);
      ${finish(r)}
      v128.store(masks, kept, ${16 * r});
      all = v128.and(all, kept);
      out += rowBytes;`)
  }
      return i32x4.all_true(all);
    }`;
}

function step(p: number): string {
  return `
    b0 = v128.load(right, ${32 * p}), b1 = v128.load(right, ${32 * p + 16});
    ${
    lines(rows, (r) => `
    t = v128.load64_splat(left, ${16 * r + 8 * p});
    ${times(2, (c) => `c${r}${c} = multiplyAdd64(t, b${c}, c${r}${c});`)}`)
  }`;
}
