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
