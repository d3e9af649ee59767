import assert from "node:assert/strict";
import fc from "fast-check";
import cases from "../fixtures/measures.json" with { type: "json" };
import { auprIn, auprOut } from "./average_precision.ts";
import { auroc } from "./auroc.ts";
import { autc } from "./autc.ts";
import { detectionError } from "./detection_error.ts";
import { fprAtIdTpr95, fprAtOodTpr95 } from "./false_positive_rates.ts";
import type { Scores } from "./scores.ts";
import { type Separation, separation } from "./separation.ts";

const measures: Record<keyof Separation, (id: Scores, ood: Scores) => number> = {
  auroc,
  auprIn,
  auprOut,
  fprAtIdTpr95,
  fprAtOodTpr95,
  detectionError,
};

// Few distinct values, so that ties are common.
const tied = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 40 });

for (const reference of cases) {
  Deno.test(`separation() agrees with scikit-learn and SciPy: ${reference.name}`, () => {
    const found = separation(reference.id, reference.ood);
    for (const name of Object.keys(measures) as (keyof Separation)[]) {
      assert.ok(Math.abs(found[name] - reference[name]) < 1e-12, `${name}: ${found[name]}`);
    }
    assert.ok(Math.abs(found.auroc - reference.mannWhitney) < 1e-12);
  });
}

for (const [name, measure] of Object.entries(measures)) {
  Deno.test(`${name}() is what separation() says, for any kind of number array`, () => {
    const id = [0.5, 0.25, 2, 3];
    const ood = [0.25, 1, -3];
    const expected = separation(id, ood)[name as keyof Separation];
    assert.equal(measure(id, ood), expected);
    assert.equal(measure(Float32Array.from(id), Float64Array.from(ood)), expected);
  });

  Deno.test(`${name}() refuses a class with no rows`, () => {
    assert.throws(() => measure([], [1]), /RangeError: .*no in-distribution scores/);
    assert.throws(() => measure([1], []), /RangeError: .*no OOD scores/);
  });

  Deno.test(`${name}() names the rows whose scores are not finite`, () => {
    assert.throws(() => measure([1, NaN, 2, Infinity], [1]), /in-distribution .* rows 1, 3,/);
    assert.throws(() => measure([1], [-Infinity]), /OOD scores: not finite in row 0,/);
    assert.throws(() => measure([1], new Float32Array(9).fill(NaN)), /0, 1, 2, 3, 4, … \(9 in all/);
  });

  Deno.test(`${name}() refuses what is not an array of numbers`, () => {
    assert.throws(() => measure(null as unknown as number[], [1]), TypeError);
    assert.throws(() => measure("12" as unknown as number[], [1]), TypeError);
    const whole = BigInt64Array.of(1n) as unknown as number[];
    assert.throws(() => measure(whole, [1]), /BigInt64Array.*Float64Array.from\(x, Number\)$/);
  });

  Deno.test(`${name}() does not change its input`, () => {
    const id = Float64Array.of(3, 1, 2);
    measure(id, id);
    assert.deepEqual([...id], [3, 1, 2]);
  });

  Deno.test(`${name}() is the same after any increasing transform and any reordering`, () => {
    fc.assert(fc.property(tied, tied, (id, ood) => {
      const squash = (score: number) => Math.atan(score) * 7 + 3;
      const changed = measure(id.map(squash).reverse(), ood.map(squash).reverse());
      assert.ok(Math.abs(changed - measure(id, ood)) < 1e-12);
    }));
  });
}

Deno.test("auroc() is the share of pairs won, ties counting half", () => {
  fc.assert(fc.property(tied, tied, (id, ood) => {
    let won = 0;
    for (const a of id) for (const b of ood) won += a > b ? 1 : a === b ? 0.5 : 0;
    assert.equal(auroc(id, ood), won / (id.length * ood.length));
  }));
});

Deno.test("auroc() of the classes exchanged is the complement", () => {
  fc.assert(fc.property(tied, tied, (id, ood) => {
    assert.ok(Math.abs(auroc(id, ood) + auroc(ood, id) - 1) < 1e-12);
  }));
});

Deno.test("auprOut() is auprIn() with the classes exchanged and the scores negated", () => {
  fc.assert(fc.property(tied, tied, (id, ood) => {
    const mirrored = auprIn(ood.map((s) => -s), id.map((s) => -s));
    assert.ok(Math.abs(auprOut(id, ood) - mirrored) < 1e-12);
  }));
});

Deno.test("fprAtOodTpr95() is fprAtIdTpr95() with the classes exchanged and the scores negated", () => {
  fc.assert(fc.property(tied, tied, (id, ood) => {
    assert.equal(fprAtOodTpr95(id, ood), fprAtIdTpr95(ood.map((s) => -s), id.map((s) => -s)));
  }));
});

Deno.test("fprAtIdTpr95() accepts exactly 95% where the rows allow it", () => {
  const id = Array.from({ length: 20 }, (_, i) => i);
  assert.equal(fprAtIdTpr95(id, [0, 0.5, 1, 2]), 0.5);
});

Deno.test("separation() of a constant score is chance", () => {
  const { auroc, auprIn, auprOut, fprAtIdTpr95, fprAtOodTpr95, detectionError } = separation(
    new Float64Array(30).fill(2),
    new Float64Array(10).fill(2),
  );
  assert.deepEqual([auroc, auprIn, auprOut], [0.5, 0.75, 0.25]);
  assert.deepEqual([fprAtIdTpr95, fprAtOodTpr95, detectionError], [1, 1, 0.5]);
});

Deno.test("separation() sorts once: 2 million scores take seconds at most", () => {
  const id = Float64Array.from({ length: 1e6 }, (_, i) => Math.sin(i));
  const ood = Float64Array.from({ length: 1e6 }, (_, i) => Math.sin(i) - 1e-3);
  const { auroc } = separation(id, ood);
  assert.ok(auroc > 0.5 && auroc < 0.51);
});

Deno.test("autc() holds for scores as far apart as float64 allows, and as near", () => {
  assert.equal(autc([1e308], [-1e308]), 0);
  assert.equal(autc([Number.MAX_VALUE, 0], [-Number.MAX_VALUE]), 0.125);
  for (const unit of [1e-320, 1e-200, 1, 1e200, 1e307]) {
    const scale = (scores: number[]) => scores.map((score) => score * unit);
    assert.equal(autc(scale([4, 2]), scale([0, 0])), 0.125);
  }
});
