import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { separation } from "../measures/separation.ts";
import { plainQuantile } from "../testing/plain_algebra.ts";
import { aurocInterval } from "./auroc_interval.ts";
import { bootstrapSeparation } from "./bootstrap_separation.ts";

const source = random(3);
const id = Float64Array.from({ length: 300 }, () => source.normal() + 1.5);
const ood = Float64Array.from({ length: 200 }, () => source.normal());

Deno.test("bootstrapSeparation() agrees with DeLong on the AUROC", async () => {
  const { auroc } = await bootstrapSeparation(id, ood, { resamples: 2000 });
  const delong = aurocInterval(id, ood);
  assert.ok(Math.abs(auroc.standardError / delong.standardError - 1) < 0.1);
  assert.ok(Math.abs(auroc.low - delong.low) < 0.01 && Math.abs(auroc.high - delong.high) < 0.01);
});

Deno.test("bootstrapSeparation() is the same for the same seed, and another for another", async () => {
  const options = { resamples: 50, seed: 7 };
  const first = await bootstrapSeparation(id, ood, options);
  assert.deepEqual(await bootstrapSeparation(id, ood, options), first);
  assert.notDeepEqual(await bootstrapSeparation(id, ood, { ...options, seed: 8 }), first);
});

Deno.test("bootstrapSeparation() of classes far apart has no width", async () => {
  const { fprAtIdTpr95, detectionError, auprOut } = await bootstrapSeparation([9, 8, 7], [1, 2], {
    resamples: 20,
  });
  assert.deepEqual({ ...fprAtIdTpr95 }, { low: 0, high: 0, standardError: 0 });
  assert.deepEqual({ ...detectionError }, { low: 0, high: 0, standardError: 0 });
  assert.deepEqual({ ...auprOut }, { low: 1, high: 1, standardError: 0 });
});

Deno.test("bootstrapSeparation() can be cancelled and refuses options out of range", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(bootstrapSeparation(id, ood, { signal }), { name: "AbortError" });
  await assert.rejects(bootstrapSeparation(id, ood, { resamples: 1 }), RangeError);
  await assert.rejects(bootstrapSeparation(id, ood, { level: 1.5 }), RangeError);
});

Deno.test("bootstrapSeparation() resamples each class on its own and takes percentiles of each measure", async () => {
  const draws = random(testSeed());
  const some = (n: number) => Float64Array.from({ length: n }, () => draws.integer(12));
  const [few, more] = [some(9), some(14).map((score) => score - 3)];
  const [seed, resamples, level] = [testSeed() + 5, 40, 0.8];
  const found = await bootstrapSeparation(few, more, { seed, resamples, level });

  const resampled = (scores: Float64Array, stream: number) => {
    const source = random(seed).split(stream);
    const sorted = scores.slice().sort().reverse();
    return sorted.map(() => sorted[source.integer(sorted.length)]);
  };
  const drawn = Array.from({ length: resamples }, (_, resample) => {
    return separation(resampled(few, 2 * resample), resampled(more, 2 * resample + 1));
  });
  for (const name of Object.keys(found) as (keyof typeof found)[]) {
    const values = drawn.map((one) => one[name]);
    const mean = values.reduce((a, b) => a + b) / resamples;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const { low, high, standardError } = found[name];
    assertAllClose(
      [low, high, standardError],
      [
        plainQuantile(values, 0.1),
        plainQuantile(values, 0.9),
        Math.sqrt(squares / (resamples - 1)),
      ],
      { rtol: 1e-12, atol: 1e-14 },
    );
  }
  assert.deepEqual(Object.keys(found), Object.keys(drawn[0]));
});

Deno.test("bootstrapSeparation() has 1000 resamples, a level of 95% and seed 0 unless given", async () => {
  const options = { resamples: 1000, level: 0.95, seed: 0 };
  const [few, more] = [id.slice(0, 12), ood.slice(0, 7)];
  assert.deepEqual(
    await bootstrapSeparation(few, more),
    await bootstrapSeparation(few, more, options),
  );
});
