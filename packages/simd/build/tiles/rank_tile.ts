import { lines, times } from "./unroll.ts";
import { widths } from "./panel_rows.ts";

/** Number of centroids that a tile multiplies at once: their sums, for eight rows, take half of the registers. */
const centroids = 4;
/** Number of columns per turn of the loop. */
const columns = 4;

/** Multiplies column `p` of eight packed rows by that of four centroids, `step` bytes after the last one. */
function multiplyColumn(p: number, step: number): string {
  return `
    x = v128.load(packed, ${32 * p});
    y = v128.load(packed, ${32 * p + 16});
    c = v128.load(right, ${step * p});
    ${
    lines(centroids, (i) => `
    t = v128.shuffle<f32>(c, c, ${times(4, () => `${i},`)});
    a${i} = multiplyAdd(x, t, a${i});
    b${i} = multiplyAdd(y, t, b${i});`)
  }`;
}

/**
 * Writes the ranking of eight packed rows by their products with the centroids of a panel, for each width. Engines
 * without a trap handler check each load: hence one load for four numbers, which are spread in registers.
 */
export function rankTile(): string {
  return `
    /** The largest and the second largest score of each of eight rows so far, and the centroid that has the largest. */
    ${
    lines(2, (h) => `
    export let best${h}: v128 = f32x4.splat(0);
    export let second${h}: v128 = f32x4.splat(0);
    export let place${h}: v128 = f32x4.splat(0);`)
  }

    /** Forgets all scores. */
    export function startRanks(none: v128): void {
      best0 = none;
      best1 = none;
      second0 = none;
      second1 = none;
    }

    ${widths.map(writePanel).join("\n")}`;
}

function writePanel(width: number): string {
  const step = 16 * width;
  return `
    /**
     * Ranks the scores of eight rows, packed column by column, with the ${
    4 * width
  } centroids of a panel, from
     * centroid j on: their products minus \`terms\`. The first of equals stays.
     */
    export function rankPanel${
    4 * width
  }(rows: usize, length: i32, panel: usize, terms: usize, j: i32): void {
      const turns = rows + (<usize> (length & ~${columns - 1}) << 5);
      const end = rows + (<usize> length << 5);
      for (let at: usize = 0; at < ${step}; at += 16) {
        let packed = rows;
        let right = panel + at;
        ${times(centroids, (i) => `let a${i} = f32x4.splat(0), b${i} = a${i};`)}
        let x: v128, y: v128, c: v128, t: v128;
        while (packed < turns) {
          ${lines(columns, (p) => multiplyColumn(p, step))}
          packed += ${32 * columns};
          right += ${step * columns};
        }
        while (packed < end) {
          ${multiplyColumn(0, step)}
          packed += 32;
          right += ${step};
        }
        c = v128.load(terms + at);
        ${
    lines(centroids, (i) => `
        t = v128.shuffle<f32>(c, c, ${times(4, () => `${i},`)});
        a${i} = f32x4.sub(a${i}, t);
        b${i} = f32x4.sub(b${i}, t);`)
  }
        t = i32x4.splat(j);
        ${lines(2, rankScores)}
        j += 4;
      }
    }`;
}

/** Ranks four more scores of one half of the rows. */
function rankScores(half: number): string {
  const s = (i: number) => "ab"[half] + i;
  const [best, second, place] = ["best", "second", "place"].map((name) => name + half);
  return `
    // Of each pair the larger and the smaller one, and where the larger is.
    let h${half} = f32x4.pmax(${s(0)}, ${s(1)});
    const g${half} = f32x4.pmax(${s(2)}, ${s(3)});
    const later${half} = f32x4.gt(g${half}, h${half});
    const odd${half} = v128.bitselect(f32x4.gt(${s(3)}, ${s(2)}), f32x4.gt(${s(1)}, ${
    s(0)
  }), later${half});
    x = i32x4.sub(i32x4.sub(t, odd${half}), i32x4.shl(later${half}, 1));
    y = f32x4.pmax(f32x4.pmin(${s(0)}, ${s(1)}), f32x4.pmin(${s(2)}, ${s(3)}));
    y = f32x4.pmax(y, f32x4.pmin(h${half}, g${half}));
    h${half} = f32x4.pmax(h${half}, g${half});
    c = ${best};
    ${best} = f32x4.pmax(c, h${half});
    ${second} = f32x4.pmax(f32x4.pmax(${second}, y), f32x4.pmin(c, h${half}));
    ${place} = v128.bitselect(x, ${place}, f32x4.gt(h${half}, c));`;
}
