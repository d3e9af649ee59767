import assert from "node:assert/strict";
import { estimatesOf } from "./estimates.ts";
import type { Result } from "./envelope.ts";

const interval = { low: 0.4, high: 0.6, level: 0.95 };

Deno.test("estimatesOf() lists proportions and areas that have intervals, with their paths", () => {
  const payload = {
    testAccuracy: { value: 0.5, successes: 1, trials: 2, interval },
    rows: [{ separation: { auroc: 0.9, aurocInterval: interval } }, {
      separation: { auroc: 0.8, aurocInterval: null },
    }],
    value: 3,
  };
  const found = estimatesOf({ payload } as unknown as Result);
  assert.deepEqual(found.map(({ path, value }) => [path, value]), [
    ["testAccuracy", 0.5],
    ["rows[0].separation.auroc", 0.9],
  ]);
});

Deno.test("estimatesOf() names the entries of a list by the fields that identify them", () => {
  const separation = { auroc: 0.9, aurocInterval: interval };
  const payload = {
    byWeightDecay: [{ weightDecay: 0.01, byComponents: [{ components: 5, separation }] }],
    scores: ["a", "b", "a"].map((detector) => ({ set: "noise", detector, seed: 1, separation })),
  };
  const found = estimatesOf({ payload } as unknown as Result);
  assert.deepEqual(found.map(({ path }) => path), [
    "byWeightDecay[0.01].byComponents[5].separation.auroc",
    "scores[a noise].separation.auroc",
    "scores[b noise].separation.auroc",
    "scores[a noise #2].separation.auroc",
  ]);
});

Deno.test("estimatesOf() takes a value and an area only with an interval of their own", () => {
  const payload = {
    auroc: 0.7,
    aurocInterval: interval,
    list: [[{ value: 1, interval }], null, 3, { value: "1", interval }, { value: 2 }],
    none: [{ value: 2, interval: null }, { interval }, { value: 4, interval: 5 }],
    both: { value: 5, interval, auroc: 0.6, aurocInterval: { ...interval, low: 0.1 } },
  };
  assert.deepEqual(estimatesOf({ payload } as unknown as Result), [
    { path: "auroc", value: 0.7, interval },
    { path: "list[0][0]", value: 1, interval },
    { path: "both", value: 5, interval },
    { path: "both.auroc", value: 0.6, interval: { ...interval, low: 0.1 } },
  ]);
});

Deno.test("estimatesOf() names entries by every identifying field, in one order, and counts namesakes", () => {
  const entry = (fields: object) => ({ ...fields, value: 1, interval });
  const fields = {
    components: 6,
    weightDecay: 5,
    normalization: "d",
    set: "c",
    detector: "b",
    classifier: "a",
  };
  const payload = [fields, fields, { set: null }, fields, { seed: 1 }].map(entry);
  assert.deepEqual(estimatesOf({ payload } as unknown as Result).map(({ path }) => path), [
    "[a b c d 5 6]",
    "[a b c d 5 6 #2]",
    "[]",
    "[a b c d 5 6 #3]",
    "[4]",
  ]);
});
