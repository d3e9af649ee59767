import { aurocInterval, separation } from "@mixtape/ood";
import assert from "node:assert/strict";
import { measureSeparation } from "./measure_separation.ts";

Deno.test("measureSeparation() has each measure under its name, with the interval around the AUROC", () => {
  const [inside, outside] = [[3, 4, 5, 6, 2.5], [1, 2, 3.5, 0]];
  const { aurocInterval: interval, ...measures } = measureSeparation(inside, outside);
  const { auroc, auprIn, auprOut, fprAtIdTpr95 } = separation(inside, outside);
  assert.deepEqual(measures, { auroc, auprIn, auprOut, fprAtIdTpr95 });
  // 18 of 20 pairs are in order.
  assert.equal(auroc, 0.9);
  assert.equal(new Set(Object.values(measures)).size, 4);
  const { low, high } = aurocInterval(inside, outside);
  assert.deepEqual(interval, { low, high, level: 0.95 });
  assert(interval.low < 0.9 && interval.high > 0.9);
});
