import { lines, times } from "./unroll.ts";

/** Panel widths, in vectors of four columns. */
export const widths = [3, 2, 1];
/** Number of dense rows that a tile multiplies at once. */
export const rows = 4;

/**
 * Writes the multiplication of column `p`, or of a pair or four of them, of four rows at x0 … x3, which begin
 * after a number of bytes, by a row of a panel.
 */
export function multiplyColumn(
  width: number,
  p: number,
  multiplyAdd = "multiplyAdd",
  head = 0,
): string {
  return `
    ${times(width, (c) => `c${c} = v128.load(panel, ${16 * (p * width + c)});`)}
    ${
    lines(rows, (r) => `
      x = v128.load32_splat(x${r}, ${head + 4 * p});
      ${times(width, (c) => `s${r}${c} = ${multiplyAdd}(x, c${c}, s${r}${c});`)}`)
  }`;
}

/** Writes products of four dense rows with a panel, for each width. */
export function denseRows(): string {
  return widths.map((width) => {
    return `
      /** Multiplies four rows by a panel of ${4 * width} columns. */
      export function denseRows${4 * width}(
        x0: usize, x1: usize, x2: usize, x3: usize, length: i32, panel: usize, out: usize, stride: usize,
      ): void {
        ${lines(rows, (r) => times(width, (c) => `let s${r}${c} = f32x4.splat(0);`))}
        const end = x0 + (<usize> length << 2);
        const whole = x0 + (<usize> (length & ~1) << 2);
        let x: v128;
        ${times(width, (c) => `let c${c}: v128;`)}
        while (x0 < whole) {
          ${multiplyColumn(width, 0)}
          ${multiplyColumn(width, 1)}
          ${times(rows, (r) => `x${r} += 8;`)}
          panel += ${32 * width};
        }
        while (x0 < end) {
          ${multiplyColumn(width, 0)}
          ${times(rows, (r) => `x${r} += 4;`)}
          panel += ${16 * width};
        }
        ${
      lines(rows, (r) => `
          ${times(width, (c) => `v128.store(out, s${r}${c}, ${16 * c});`)}
          ${r < rows - 1 ? "out += stride;" : ""}`)
    }
      }`;
  }).join("\n");
}

/** Writes products of four rows of 16-bit integers with a panel, for each width. */
export function quantisedRows(): string {
  const tiles = widths.map((width) => `
    /**
     * Multiplies four rows of \`bytes\` bytes, 16-bit integers, by a panel of ${
    4 * width
  } columns, whose lanes hold pairs;
     * stores the products times the unit of each row and that of each column, plus \`terms\`, one per column.
     */
    export function quantisedRows${4 * width}(
      x0: usize, bytes: usize, panel: usize, out: usize, stride: usize,
      rowUnits: usize, units: usize, terms: usize,
    ): void {
      ${lines(rows, (r) => times(width, (c) => `let s${r}${c} = i32x4.splat(0);`))}
      const end = x0 + bytes;
      let x1 = end, x2 = x1 + bytes, x3 = x2 + bytes;
      let x: v128;
      ${times(width, (c) => `let c${c}: v128;`)}
      while (x0 < end) {
        ${multiplyColumn(width, 0, "addPairs")}
        ${multiplyColumn(width, 1, "addPairs")}
        ${times(rows, (r) => `x${r} += 8;`)}
        panel += ${32 * width};
      }
      ${times(width, (c) => `c${c} = v128.load(units, ${16 * c});`)}
      ${times(width, (c) => `const t${c} = v128.load(terms, ${16 * c});`)}
      ${
    lines(rows, (r) => `
        x = v128.load32_splat(rowUnits, ${4 * r});
        ${
      lines(width, (c) =>
        `v128.store(out, inUnits(s${r}${c}, f32x4.mul(x, c${c}), t${c}), ${16 * c});`)
    }
        ${r < rows - 1 ? "out += stride;" : ""}`)
  }
    }`);
  return `${tiles.join("\n")}

    // @ts-ignore: decorator
    @inline
    function inUnits(sums: v128, unit: v128, term: v128): v128 {
      return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), unit), term);
    }`;
}

/** Writes upper bounds of products of four screened rows with a panel, see kernels/lloyd/screen.ts, for each width. */
export function screenedRows(): string {
  return widths.map((width) => `
    /**
     * Bounds the products of four screened rows of \`bytes\` integers and a panel of ${
    4 * width
  } columns, whose lanes hold
     * fours: stores the products of integers in their units plus the error that the rows and the columns allow.
     */
    export function screenedRows${4 * width}(
      x0: usize, x1: usize, x2: usize, x3: usize, bytes: usize, panel: usize, out: usize, stride: usize,
      units: usize, lengths: usize, errors: usize,
    ): void {
      let x: v128;
      ${
    lines(rows, (r) => `
      x = v128.load32_splat(x${r}, 4);
      ${times(width, (c) => `let s${r}${c} = x;`)}`)
  }
      ${times(width, (c) => `let c${c}: v128;`)}
      for (const end = x0 + bytes; x0 < end;) {
        ${lines(4, (p) => multiplyColumn(width, p, "addQuads", 16))}
        ${times(rows, (r) => `x${r} += 16;`)}
        panel += ${64 * width};
      }
      ${times(width, (c) => `c${c} = v128.load(units, ${16 * c});`)}
      ${times(width, (c) => `const l${c} = v128.load(lengths, ${16 * c});`)}
      ${times(width, (c) => `const e${c} = v128.load(errors, ${16 * c});`)}
      ${
    lines(rows, (r) => `
        x${r} -= bytes;
        x = v128.load32_splat(x${r});
        ${
      lines(
        width,
        (c) =>
          `v128.store(out, bounded(s${r}${c}, f32x4.mul(x, c${c}), x${r}, l${c}, e${c}), ${
            16 * c
          });`,
      )
    }
        ${r < rows - 1 ? "out += stride;" : ""}`)
  }
    }`).join("\n") + `

    // @ts-ignore: decorator
    @inline
    function bounded(sums: v128, unit: v128, row: usize, length: v128, error: v128): v128 {
      const most = f32x4.mul(v128.load32_splat(row, 8), length);
      const slack = multiplyAdd(v128.load32_splat(row, 12), error, most);
      return multiplyAdd(f32x4.convert_i32x4_s(sums), unit, slack);
    }`;
}

/** Values of sparse rows: the name of their kind, how four of them are loaded, and their bytes. */
const values = [
  {
    kind: "byte",
    load: "f32x4.convert_i32x4_u(" +
      "i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(values))))",
    bytes: 4,
  },
  { kind: "single", load: "v128.load(values)", bytes: 16 },
];

/**
 * Writes products of one sparse row with a panel, for each kind of value and each width; even and odd
 * entries have separate sums.
 */
export function sparseRows(): string {
  return values.flatMap(({ kind, load, bytes }) =>
    widths.map((width) => `
    /** Multiplies a sparse row by a panel of ${4 * width} columns. */
    export function ${kind}Row${
      4 * width
    }(row: usize, length: i32, panel: usize, out: usize): void {
      ${times(width, (c) => `let a${c} = f32x4.splat(0);`)}
      ${times(width, (c) => `let b${c} = f32x4.splat(0);`)}
      const end = row + (<usize> length << 1);
      let values = end;
      while (row < end) {
        const x = ${load};
        ${
      lines(4, (e) => `
        const x${e} = v128.shuffle<f32>(x, x, ${e}, ${e}, ${e}, ${e});
        const c${e} = panel + <usize> load<u16>(row, ${2 * e}) * ${16 * width};
        ${
        times(width, (c) => {
          const sum = "ab"[e % 2] + c;
          return `${sum} = multiplyAdd(x${e}, v128.load(c${e}, ${16 * c}), ${sum});`;
        })
      }`)
    }
        row += 8;
        values += ${bytes};
      }
      ${times(width, (c) => `v128.store(out, f32x4.add(a${c}, b${c}), ${16 * c});`)}
    }`)
  ).join("\n");
}
