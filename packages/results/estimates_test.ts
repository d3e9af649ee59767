import assert from "node:assert/strict";
import { estimatesOf } from "./estimates.ts";
import type { Result } from "./registry.ts";

const interval = { low: 0.4, high: 0.6, level: 0.95 };

Deno.test("estimatesOf() finds proportions and areas with intervals, and says where", () => {
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
