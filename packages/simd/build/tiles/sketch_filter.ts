import { multiplyColumn, rows, widths } from "./panel_rows.ts";
import { lines, times } from "./unroll.ts";

/** Writes the filter by bounds in the basis for up to 4, 8 and 12 centroids, in registers from end to end. */
export function sketchFilter(): string {
  return `
    import { hamerlyBounds, largestOfRows } from "../lloyd/labels.ts";
    import { recordOf, tailOf } from "../lloyd/records.ts";
    import { FAR } from "../lloyd/scores.ts";
    import * as f from "./lloyd_structures.ts";
    ${widths.map(filterOfWidth).join("\n")}
    /**
     * Tries to confirm the labels of the four rows at \`list\` and stores their bounds, which hold if the
     * label is confirmed. Returns a mask of the rows that remain undecided.
     */
    export function undecidedOfFour(list: usize): i32 {
      if (f.width === 12) return undecidedOfFour12(list);
      return f.width === 8 ? undecidedOfFour8(list) : undecidedOfFour4(list);
    }`;
}

/** A lane holds an estimate of x·c − |c|²/2: the residual product of an earlier step plus that in the basis. */
function filterOfWidth(width: number): string {
  return `
    export function undecidedOfFour${4 * width}(list: usize): i32 {
      const length = <usize> f.sketchSize << 2;
      const half = f32x4.splat(0.5);
      ${times(width, (c) => `const h${c} = f32x4.mul(v128.load(f.bias, ${16 * c}), half);`)}
      ${
    lines(rows, (r) => `
      const i${r} = load<i32>(list, ${4 * r});
      let x${r} = recordOf(i${r});
      const end${r} = x${r} + length;
      ${times(width, (c) => `let s${r}${c} = f32x4.sub(v128.load(end${r}, ${16 * c}), h${c});`)}`)
  }
      let panel = f.sketchPanels;
      let x: v128;
      ${times(width, (c) => `let c${c}: v128;`)}
      while (x0 < end0) {
        ${multiplyColumn(width, 0)}
        ${multiplyColumn(width, 1)}
        ${times(rows, (r) => `x${r} += 8;`)}
        panel += ${32 * width};
      }
      const low = f32x4.splat(-FAR);
      let drift: v128, own: v128;
      ${lines(rows, (r) => boundsOfRow(width, r))}
      return hamerlyBounds(
        list, largestOfRows(a0, a1, a2, a3), largestOfRows(b0, b1, b2, b3), t0, t1, t2, t3, l0, l1, l2, l3,
      );
    }`;
}

/** Writes the largest estimate of the other centroids (a) and that of the own one (b), bounds included. */
function boundsOfRow(width: number, r: number): string {
  const larger = (name: string, value: string, c: number) =>
    c === 0 ? `let ${name} = ${value};` : `${name} = f32x4.pmax(${name}, ${value});`;
  return `
    const l${r} = load<i32>(f.labels + (<usize> i${r} << 2));
    const t${r} = v128.load(tailOf(end${r} - length));
    const r${r} = v128.shuffle<f32>(t${r}, t${r}, 0, 0, 0, 0);
    const drifts${r} = f.residualDrifts + <usize> i32x4.extract_lane(t${r}, 3) * ${16 * width};
    ${
    lines(width, (c) => {
      const lanes = times(4, (lane) => `${4 * c + lane}`).replaceAll(" ", ", ");
      const estimate = `s${r}${c}`;
      return `
    drift = v128.load(drifts${r}, ${16 * c});
    own = i32x4.eq(i32x4(${lanes}), i32x4.splat(l${r}));
    ${larger(`a${r}`, `v128.bitselect(low, multiplyAdd(r${r}, drift, ${estimate}), own)`, c)}
    ${larger(`b${r}`, `v128.bitselect(multiplySubtract(r${r}, drift, ${estimate}), low, own)`, c)}`;
    })
  }`;
}
