import { lines, times } from "./unroll.ts";

// x86 has 16 registers, of which V8 keeps one. A tile of 13 vectors takes 15, with a number and a vector
// of the row; two rows of 6 vectors take 15 with two numbers; four rows of 2 vectors take 15 with four
// numbers of each row, one of those, and the two vectors; five rows of 2 vectors take 15 with numbers of
// four rows, of the fifth, one of those, and the two vectors.

/** Number of vectors of the widest tile of one row, of a pair of rows, and of four or five rows. */
const widest = { row: 13, pair: 6, four: 2 };

/** A tile in all its widths, and the choice among them. */
interface Tile {
  readonly name: string;
  readonly parameters: string;
  readonly widest: number;
  /** Writes what the tile of `width` vectors does. */
  readonly body: (width: number) => string;
}

/** Writes the tiles of dense layers: rows of weights, each times a number, added up in registers. */
export function denseTiles(): string {
  const tiles = [
    sparseTile("bytes", "u32", bytesEntry),
    sparseTile("floats", "u64", floatsEntry),
    denseTile,
    rowsTile,
    columnsTile,
    packedTile,
    pairTile("pairBytes", "BYTES_SLOT", bytesPair),
    pairTile("pairFloats", "FLOATS_SLOT", floatsPair),
  ];
  return `
    /** Widest tile, widest tile of a pair of rows, and of four rows, in vectors of four. */
    export const WIDEST: i32 = ${widest.row};
    export const WIDEST_PAIR: i32 = ${widest.pair};
    export const WIDEST_FOUR: i32 = ${widest.four};
    /** Number of bytes per slot of a pair's list, for sparse entries of 4 or 8 bytes. */
    export const BYTES_SLOT: usize = 8;
    export const FLOATS_SLOT: usize = 16;
    ${tiles.map(writeTile).join("\n")}`;
}

function writeTile({ name, parameters, widest, body }: Tile): string {
  const names = [...parameters.matchAll(/\w+(?=:)/g)].join(", ");
  return `
    ${
    lines(widest, (i) => `
      export function ${name}${i + 1}(${parameters}): void {
        ${body(i + 1)}
      }`)
  }

    export function ${name}Tile(width: i32, ${parameters}): void {
      switch (width) {
        ${lines(widest, (i) => `case ${i + 1}: ${name}${i + 1}(${names}); break;`)}
      }
    }`;
}

const bytesEntry = `
  const p = w + (<u32> e >>> 8) * stride;
  const v = f32x4.convert_i32x4_s(i32x4.splat(<i32> e & 255));`;
const floatsEntry = `
  const p = w + <u32> e * stride;
  const v = i32x4.splat(<i32> (e >>> 32));`;

/**
 * Computes out = init + scale × sum of value × row over entries. An entry of 4 bytes is index × 256 +
 * byte, one of 8 bytes index, then float32. Engines without a trap handler check each load: hence one
 * load per entry, instead of a look-up of the byte.
 */
function sparseTile(name: string, type: string, entry: string): Tile {
  return {
    name,
    parameters:
      "out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32",
    widest: widest.row,
    body: (width) => `
      ${times(width, (c) => `let a${c} = f32x4.splat(0);`)}
      for (; entry < end; entry += sizeof<${type}>()) {
        const e = load<${type}>(entry);
        ${entry}
        ${lines(width, (c) => `a${c} = multiplyAdd(v, v128.load(p, ${16 * c}), a${c});`)}
      }
      const s = f32x4.splat(scale);
      ${
      lines(width, (c) =>
        `v128.store(out, multiplyAdd(s, a${c}, v128.load(init, ${16 * c})), ${16 * c});`)
    }`,
  };
}

/** Computes out = init + sum of a[i] × row i; a[i] are `step` bytes apart. */
const denseTile: Tile = {
  name: "dense",
  parameters: "out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32",
  widest: widest.row,
  body: (width) => `
    ${lines(width, (c) => `let a${c} = v128.load(init, ${16 * c});`)}
    for (let i = 0; i < count; i++) {
      const p = w;
      const v = v128.load32_splat(a);
      ${lines(width, (c) => `a${c} = multiplyAdd(v, v128.load(p, ${16 * c}), a${c});`)}
      w += stride;
      a += step;
    }
    ${lines(width, (c) => `v128.store(out, a${c}, ${16 * c});`)}`,
};

/** Writes a step of some rows: each of the `width` vectors of a row of weights, times the number of the row. */
function stepOf(
  rows: number,
  width: number,
  number: (row: number) => string,
  weights = (c: number) => `v128.load(w, ${16 * c})`,
): string {
  return `
    ${times(width, (c) => `y${c} = ${weights(c)};`)}
    ${
    lines(rows, (r) =>
      `v = ${number(r)}; ${
        times(width, (c) => `c${r}${c} = multiplyAdd(v, y${c}, c${r}${c});`)
      }`)
  }`;
}

/** Writes a step of four rows, and goes on to the next row of weights. */
function fourStep(width: number, number: (row: number) => string): string {
  return `${stepOf(4, width, number)}
    w += stride;`;
}

/** Writes the end of sums that a layer makes: `scale` times each plus `more`, and no less than `least`. */
const layerResult = (sum: string, c: number) => `f32x4.pmax(multiplyAdd(s, ${sum}, y${c}), l)`;
const layerEnd = (width: number) => `
    const s = f32x4.splat(scale), l = f32x4.splat(least);
    ${lines(width, (c) => `y${c} = v128.load(more, ${16 * c});`)}`;

/** Writes rows of sums that begin with `init`, `add`, and their end: `result` of each. */
function sumsOf(
  rows: number,
  width: number,
  add: string,
  result: (sum: string, column: number) => string = (sum) => sum,
): string {
  return `
    ${lines(width, (c) => `let c0${c} = v128.load(init, ${16 * c});`)}
    ${lines(rows - 1, (r) => times(width, (c) => `let c${r + 1}${c} = c0${c};`))}
    let v: v128, ${Array.from({ length: width }, (_, c) => `y${c}: v128`).join(", ")};
    ${add}
    ${
    lines(rows, (r) =>
      `${
        times(width, (c) => `v128.store(out, ${result(`c${r}${c}`, c)}, ${16 * c});`)
      } ${r < rows - 1 ? "out += outStride;" : ""}`)
  }`;
}

const lane = (vector: string, i: number) =>
  `v128.shuffle<f32>(${vector}, ${vector}, ${i}, ${i}, ${i}, ${i})`;

/**
 * Computes four rows as `denseTile` does one, in the same order and so with the same bits, but loads a
 * row of weights once for all of them. The numbers of a row follow each other. Writes `scale` times the
 * sums plus `more`, and no less than `least`.
 */
const rowsTile: Tile = {
  name: "rows",
  parameters:
    "out: usize, outStride: u32, init: usize, w: usize, stride: u32, a: usize, aStride: u32, count: i32, " +
    "scale: f32, more: usize, least: f32",
  widest: widest.four,
  body: (width) =>
    sumsOf(
      4,
      width,
      `
      let a1 = a + aStride, a2 = a1 + aStride, a3 = a2 + aStride;
      for (; count >= 4; count -= 4) {
        const x0 = v128.load(a), x1 = v128.load(a1), x2 = v128.load(a2), x3 = v128.load(a3);
        ${lines(4, (p) => fourStep(width, (r) => lane(`x${r}`, p)))}
        a += 16, a1 += 16, a2 += 16, a3 += 16;
      }
      for (; count > 0; count--) {
        ${fourStep(width, (r) => `v128.load32_splat(${r ? `a${r}` : "a"})`)}
        a += 4, a1 += 4, a2 += 4, a3 += 4;
      }
      ${layerEnd(width)}`,
      layerResult,
    ),
};

/**
 * Computes five rows as `rowsTile` does four, with the same bits, from numbers that `packRows` packed: of each
 * four steps those of four rows step after step, then those of the fifth. Weights follow each other.
 */
const packedTile: Tile = {
  name: "packed",
  parameters: "out: usize, outStride: u32, init: usize, w: usize, left: usize, count: i32, " +
    "scale: f32, more: usize, least: f32",
  widest: widest.four,
  body: (width) => {
    const step = (p: number, fifth: string) => `
      x = v128.load(left, ${16 * p});
      ${
      stepOf(
        5,
        width,
        (r) => r < 4 ? lane("x", r) : fifth,
        (c) => `v128.load(w, ${16 * (width * p + c)})`,
      )
    }`;
    return sumsOf(
      5,
      width,
      `
      let x: v128;
      for (; count >= 4; count -= 4) {
        const last = v128.load(left, 64);
        ${lines(4, (p) => step(p, lane("last", p)))}
        left += 80;
        w += ${64 * width};
      }
      for (let fifth = left + 64; count > 0; count--, left += 16, fifth += 4, w += ${16 * width}) {
        ${step(0, "v128.load32_splat(fifth)")}
      }
      ${layerEnd(width)}`,
      layerResult,
    );
  },
};

/** Computes four rows of sums whose numbers follow each other, and those of a row are `step` bytes apart. */
const columnsTile: Tile = {
  name: "columns",
  parameters:
    "out: usize, outStride: u32, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32",
  widest: widest.four,
  body: (width) =>
    sumsOf(
      4,
      width,
      `
      for (; count > 0; count--) {
        const x = v128.load(a);
        ${fourStep(width, (r) => lane("x", r))}
        a += step;
      }`,
    ),
};

const bytesPair = `
  const e = load<u64>(slot);
  const bytes = <i32> (e >>> 32);
  const p = rows + <u32> e * stride;
  const v = f32x4.convert_i32x4_s(i32x4.splat(bytes & 255));
  const u = f32x4.convert_i32x4_s(i32x4.splat(bytes >>> 8));`;
const floatsPair = `
  const p = rows + load<u32>(slot) * stride;
  const v = v128.load32_splat(slot, 8);
  const u = v128.load32_splat(slot, 12);`;

/**
 * Computes `out` and, `apart` bytes on, the other row of the pair: scale × sums of value × row over
 * the slots of a pair's list.
 */
function pairTile(name: string, slot: string, entry: string): Tile {
  return {
    name,
    parameters:
      "out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32",
    widest: widest.pair,
    body: (width) => `
      ${lines(width, (c) => `let a${c} = f32x4.splat(0), b${c} = a${c};`)}
      for (; slot < end; slot += ${slot}) {
        ${entry}
        let x: v128;
        ${
      lines(width, (c) =>
        `x = v128.load(p, ${
          16 * c
        }), a${c} = multiplyAdd(v, x, a${c}), b${c} = multiplyAdd(u, x, b${c});`)
    }
      }
      const other = out + apart;
      const s = f32x4.splat(scale);
      ${
      lines(width, (c) =>
        `v128.store(out, f32x4.mul(s, a${c}), ${16 * c}), v128.store(other, f32x4.mul(s, b${c}), ${
          16 * c
        });`)
    }`,
  };
}
