import assert from "node:assert/strict";
import fc from "fast-check";
import cases from "../fixtures/measures.json" with { type: "json" };
import { auroc } from "./auroc.ts";
import { type RocPoints, rocPoints } from "./roc_points.ts";

const scores = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 80 });

for (const reference of cases) {
  Deno.test(`rocPoints() agrees with scikit-learn: ${reference.name}`, () => {
    const { idAccepted, oodAccepted } = rocPoints(reference.id, reference.ood);
    assert.deepEqual([...idAccepted], reference.rocY);
    assert.deepEqual([...oodAccepted], reference.rocX);
  });
}

Deno.test("rocPoints() encloses the AUROC: trapezoids under the curve are midranks", () => {
  fc.assert(fc.property(scores, scores, (id, ood) => {
    assert.ok(Math.abs(area(rocPoints(id, ood)) - auroc(id, ood)) < 1e-12);
  }));
});

Deno.test("rocPoints() thinned is a part of the curve, with its ends and its hull", () => {
  fc.assert(fc.property(scores, scores, fc.integer({ min: 2, max: 20 }), (id, ood, maxPoints) => {
    const all = rocPoints(id, ood);
    const some = rocPoints(id, ood, { maxPoints });
    const at = new Map([...all.thresholds].map((threshold, t) => [threshold, t]));
    some.thresholds.forEach((threshold, s) => {
      const t = at.get(threshold)!;
      assert.equal(some.idAccepted[s], all.idAccepted[t]);
      assert.equal(some.oodAccepted[s], all.oodAccepted[t]);
    });
    assert.equal(some.thresholds[0], Infinity);
    assert.equal(some.idAccepted.at(-1), 1);
    // The hull is there: no slope finds a higher support among all points than among those kept.
    for (const slope of [0.1, 0.5, 1, 2, 10]) {
      assert.ok(Math.abs(support(some, slope) - support(all, slope)) < 1e-12);
    }
  }));
});

Deno.test("rocPoints() thinned keeps the first point in each step along the curve, and its hull", () => {
  fc.assert(fc.property(scores, scores, fc.integer({ min: 2, max: 20 }), (id, ood, maxPoints) => {
    const all = rocPoints(id, ood);
    const kept = new Set(rocPoints(id, ood, { maxPoints }).thresholds);
    if (all.thresholds.length <= maxPoints) {
      assert.equal(kept.size, all.thresholds.length);
      return;
    }
    const points = Array.from(all.thresholds, (threshold, t) => ({
      threshold,
      x: all.oodAccepted[t],
      y: all.idAccepted[t],
    }));
    // A vertex of the hull lies above every chord between two other points around it.
    const isVertex = (t: number, least: number) =>
      points.slice(0, t).every((a) =>
        points.slice(t + 1).every((b) => {
          const { x, y } = points[t];
          return (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y) > least;
        })
      );
    const steps = points.map(({ x, y }) => (x + y) * (maxPoints - 1) / 2);
    // On the edge of a step, rounding decides on which side of it a point lies.
    const edge = steps.findIndex((at, t) => t > 0 && Math.abs(at - Math.round(at)) < 1e-9);
    points.slice(0, edge).forEach(({ threshold }, t) => {
      const isFirst = t === 0 || Math.floor(steps[t]) > Math.floor(steps[t - 1]);
      if (isFirst || isVertex(t, 1e-12)) assert.ok(kept.has(threshold), `point ${t} is missing`);
      else if (!isVertex(t, -1e-12)) assert.ok(!kept.has(threshold), `point ${t} is kept`);
    });
    assert.ok(kept.has(points[points.length - 1].threshold));
  }));
});

Deno.test("rocPoints() thinned to 100 points stays near 100 and near the curve", () => {
  const id = Float64Array.from({ length: 20000 }, (_, i) => Math.sin(i * 7.1) + 0.3);
  const ood = Float64Array.from({ length: 20000 }, (_, i) => Math.sin(i * 3.7));
  const thinned = rocPoints(id, ood, { maxPoints: 100 });
  assert.ok(thinned.thresholds.length < 400, `${thinned.thresholds.length} points`);
  assert.ok(Math.abs(area(thinned) - auroc(id, ood)) < 1e-3);
});

Deno.test("rocPoints() refuses fewer than two points", () => {
  assert.throws(() => rocPoints([1], [0], { maxPoints: 1 }), RangeError);
  assert.throws(() => rocPoints([1], [0], { maxPoints: NaN }), RangeError);
});

function area({ idAccepted: y, oodAccepted: x }: RocPoints): number {
  let sum = 0;
  for (let t = 1; t < x.length; t++) sum += (x[t] - x[t - 1]) * (y[t] + y[t - 1]) / 2;
  return sum;
}

function support({ idAccepted: y, oodAccepted: x }: RocPoints, slope: number): number {
  let highest = -Infinity;
  for (let t = 0; t < x.length; t++) highest = Math.max(highest, y[t] - slope * x[t]);
  return highest;
}

Deno.test("rocPoints() draws its curve in a notebook, and holds nothing else that can be listed", () => {
  const points = rocPoints([3, 2], [2, 1]);
  assert.deepEqual(Object.keys(points), ["thresholds", "idAccepted", "oodAccepted"]);
  assert.deepEqual(Reflect.ownKeys(structuredClone(points)), Object.keys(points));
  const show = Reflect.get(points, Symbol.for("Jupyter.display")) as () => Record<string, string>;
  const shown = show();
  assert.equal(shown["text/plain"], "ROC curve, area 0.8750");
  assert.match(shown["image/svg+xml"], /^<svg .* d="M0 240L0 120L120 0L240 0" .*<\/svg>$/s);
});
