import fc from "fast-check";
import assert from "node:assert/strict";
import { thinCurve } from "./thin_curve.ts";

Deno.test("thinCurve() keeps the corners of a curve, and nothing between them", () => {
  const x = Float64Array.of(0, 0, 0, 0.5, 1);
  const y = Float64Array.of(0, 0.5, 1, 1, 1);
  assert.deepEqual(thinCurve(x, y, 0.01), [0, 2, 4]);
  assert.deepEqual(thinCurve(Float64Array.of(1, 1), Float64Array.of(2, 2), 0), [0, 1]);
});

Deno.test("thinCurve() stays within the tolerance of every point that it leaves out", () => {
  const share = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
  const point = fc.tuple(share, share);
  const curve = fc.array(point, { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(curve, fc.double({ min: 0.001, max: 0.2, noNaN: true }), (points, most) => {
      const x = Float64Array.from(points, ([at]) => at).sort();
      const y = Float64Array.from(points, ([, at]) => at).sort();
      const kept = thinCurve(x, y, most);
      assert.deepEqual([kept[0], kept.at(-1)], [0, x.length - 1]);
      kept.slice(1).forEach((to, i) => {
        for (let at = kept[i]; at < to; at++) {
          assert(distanceToLine([x[at], y[at]], [x[kept[i]], y[kept[i]]], [x[to], y[to]]) <= most);
        }
      });
    }),
    { seed: 0 },
  );
});

type Point = readonly [x: number, y: number];

function distanceToLine([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(px - ax, py - ay);
  return Math.abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / length;
}
