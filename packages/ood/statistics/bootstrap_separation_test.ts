import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { aurocInterval } from "./auroc_interval.ts";
import { bootstrapSeparation } from "./bootstrap_separation.ts";

const source = random(3);
const id = Float64Array.from({ length: 300 }, () => source.normal() + 1.5);
const ood = Float64Array.from({ length: 200 }, () => source.normal());

Deno.test("bootstrapSeparation() agrees with DeLong on the AUROC", () => {
  const { auroc } = bootstrapSeparation(id, ood, { resamples: 2000 });
  const delong = aurocInterval(id, ood);
  assert.ok(Math.abs(auroc.standardError / delong.standardError - 1) < 0.1);
  assert.ok(Math.abs(auroc.low - delong.low) < 0.01 && Math.abs(auroc.high - delong.high) < 0.01);
});

Deno.test("bootstrapSeparation() is the same for the same seed, and another for another", () => {
  const options = { resamples: 50, seed: 7 };
  const first = bootstrapSeparation(id, ood, options);
  assert.deepEqual(bootstrapSeparation(id, ood, options), first);
  assert.notDeepEqual(bootstrapSeparation(id, ood, { ...options, seed: 8 }), first);
});

Deno.test("bootstrapSeparation() of classes far apart has no width", () => {
  const { fprAtIdTpr95, detectionError, auprOut } = bootstrapSeparation([9, 8, 7], [1, 2], {
    resamples: 20,
  });
  assert.deepEqual({ ...fprAtIdTpr95 }, { low: 0, high: 0, standardError: 0 });
  assert.deepEqual({ ...detectionError }, { low: 0, high: 0, standardError: 0 });
  assert.deepEqual({ ...auprOut }, { low: 1, high: 1, standardError: 0 });
});

Deno.test("bootstrapSeparation() can be cancelled and refuses options out of range", () => {
  const signal = AbortSignal.abort();
  assert.throws(() => bootstrapSeparation(id, ood, { signal }), { name: "AbortError" });
  assert.throws(() => bootstrapSeparation(id, ood, { resamples: 1 }), RangeError);
  assert.throws(() => bootstrapSeparation(id, ood, { level: 1.5 }), RangeError);
});
