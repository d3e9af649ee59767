import assert from "node:assert/strict";
import { type HostMatrix, unchanging } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { fillMissing, missingEntries, observedMeans, rowsWithout } from "./missing_entries.ts";
import { checkPriorMean, copyPriorMean } from "./prior_mean.ts";

const x: HostMatrix = { values: Float64Array.of(1, NaN, 3, 4, 5, NaN, 7, 8, 11), shape: [3, 3] };
const mask = [0, 0, false, true, 0, 0, 0, 0, 2];

Deno.test("missingEntries() takes what is NaN or masked, and counts it once", async () => {
  const both = await missingEntries(x, [0, 1, 0, 1, 0, 0, 0, 0, 2]);
  assert.deepEqual([...both.missing], [0, 1, 0, 1, 0, 1, 0, 0, 1]);
  assert.equal(both.count, 4);
  const entries = await missingEntries(x, mask);
  assert.deepEqual([...entries.missing], [0, 1, 0, 1, 0, 1, 0, 0, 1]);
  await assert.rejects(missingEntries(x, mask, 2), /it has 3 columns, 2 are needed/);
});

Deno.test("observedMeans() and rowsWithout() look at observed entries alone", async () => {
  const entries = await missingEntries(x, mask);
  assert.deepEqual([...await observedMeans(entries)], [4, 6.5, 3]);
  assert.deepEqual([...await rowsWithout("missing", await missingEntries(x))], [2]);
  assert.deepEqual([...await rowsWithout("missing", entries)], []);
  const hidden: HostMatrix = { values: Float64Array.of(NaN, 2, NaN, 5), shape: [2, 2] };
  assert.deepEqual([...await observedMeans(await missingEntries(hidden))], [0, 3.5]);
  const huge: HostMatrix = { values: Float64Array.of(1.6e308, 1, NaN, 2, 1e308, 6), shape: [3, 2] };
  assertAllClose(await observedMeans(await missingEntries(huge)), [1.3e308, 3], { rtol: 1e-15 });
});

Deno.test("fillMissing() fills by column, in the narrowest kind of numbers that holds what it fills in", async () => {
  const kinds: [values: HostMatrix["values"], fill: number[], expected: HostMatrix["values"]][] = [
    [Uint8Array.of(1, 2, 3, 4), [0, 255], Uint8Array.of(1, 255, 0, 4)],
    [Uint8Array.of(1, 2, 3, 4), [0, 256], Float32Array.of(1, 256, 0, 4)],
    [Uint8Array.of(1, 2, 3, 4), [-1, 9], Float32Array.of(1, 9, -1, 4)],
    [Uint8Array.of(1, 2, 3, 4), [0.5, 9], Float32Array.of(1, 9, 0.5, 4)],
    [Float32Array.of(1, 2, 3, 4), [0.5, -9], Float32Array.of(1, -9, 0.5, 4)],
    [Float32Array.of(1, 2, 3, 4), [0, -4e38], Float64Array.of(1, -4e38, 0, 4)],
    [Float32Array.of(1, 2, 3, 4), [0, 3.4e38], Float32Array.of(1, 3.4e38, 0, 4)],
    [Float64Array.of(1, 2, 3, 4), [0.1, 9], Float64Array.of(1, 9, 0.1, 4)],
  ];
  for (const [values, fill, expected] of kinds) {
    const entries = await missingEntries({ values, shape: [2, 2] }, [0, 1, 1, 0]);
    const before = values.slice();
    assert.deepEqual(await fillMissing(entries, Float64Array.from(fill)), {
      values: expected,
      shape: [2, 2],
    });
    assert.deepEqual(values, before);
  }
  // The largest float32 still fits; what lies beyond it does not.
  const largest = (2 - 2 ** -23) * 2 ** 127;
  const entries = await missingEntries({ values: Float32Array.of(0), shape: [1, 1] }, [1]);
  const held = await fillMissing(entries, Float64Array.of(largest));
  assert.deepEqual(held.values, Float32Array.of(largest));
  const beyond = await fillMissing(entries, Float64Array.of(largest * (1 + 2 ** -52)));
  assert.ok(beyond.values instanceof Float64Array);
});

Deno.test("fillMissing() fills a copy in its place, and changes nothing that is the caller's", async () => {
  const own = unchanging({ values: Float64Array.of(1, NaN), shape: [1, 2] });
  for (const given of [own, { ...own }]) {
    const entries = await missingEntries(given);
    const filled = await fillMissing(entries, Float64Array.of(5, 7));
    assert.deepEqual(filled.values, Float64Array.of(1, 7));
    assert.equal(filled.values, entries.x.values);
    assert.deepEqual(given.values, Float64Array.of(1, NaN));
  }
});

Deno.test("checkPriorMean() gives zeros, observed means or a copy of what was given", async () => {
  const entries = await missingEntries(x, mask);
  assert.deepEqual(await checkPriorMean(copyPriorMean(), entries), new Float64Array(3));
  assert.deepEqual(await checkPriorMean("zero", entries), new Float64Array(3));
  assert.deepEqual([...await checkPriorMean("feature-mean", entries)], [4, 6.5, 3]);
  const given = copyPriorMean([7, -1, 2]) as Float64Array;
  const checked = await checkPriorMean(given, entries);
  assert.deepEqual([...checked], [7, -1, 2]);
  assert.notEqual(checked, given);
});

Deno.test("missingEntries() and fillMissing() end with the reason of their signal", async () => {
  const entries = await missingEntries(x, mask);
  const reason = new TypeError("enough");
  const signal = AbortSignal.abort(reason);
  const isReason = (error: unknown) => error === reason;
  await assert.rejects(missingEntries(x, mask, undefined, signal), isReason);
  await assert.rejects(fillMissing(entries, new Float64Array(3), signal), isReason);
});
