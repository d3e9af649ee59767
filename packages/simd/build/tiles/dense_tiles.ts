import { lines, times } from "./unroll.ts";

// x86 has 16 registers, of which V8 keeps one. A tile of 13 vectors takes 15, with a number and a vector
// of the row; two rows of 6 vectors take 15 with two numbers.

/** Number of vectors of the widest tile of one row, and of a pair of rows. */
const widest = { row: 13, pair: 6 };

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
    pairTile("pairBytes", "BYTES_SLOT", bytesPair),
    pairTile("pairFloats", "FLOATS_SLOT", floatsPair),
  ];
  return `
    /** Widest tile, and widest tile of a pair of rows, in vectors of four. */
    export const WIDEST: i32 = ${widest.row};
    export const WIDEST_PAIR: i32 = ${widest.pair};
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
