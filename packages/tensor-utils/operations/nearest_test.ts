import assert from "node:assert/strict";
import type { Nearest, NearestAttributes } from "@mixtape/operations";
import { useBackend } from "../backend.ts";
import type { MatrixLike } from "../matrix.ts";
import { assertNoLeak } from "../testing/mod.ts";
import { withKernel } from "../testing/with_kernel.ts";
import { nearest, nearestLabels, nearestWithSum } from "./nearest.ts";

await useBackend("cpu");

Deno.test("nearest() finds the nearest centroid and its squared distance, and leaks nothing", async () => {
  await assertNoLeak(async () => {
    const x = { values: new Uint8Array([0, 0, 3, 4, 6, 8]), shape: [3, 2] } as const;
    const { labels, distances } = await nearest(x, new Float64Array([0, 0, 6, 8]), 2);
    assert.deepEqual([...labels], [0, 0, 1]);
    assert.deepEqual([...distances], [0, 25, 0]);
  });
});

/** Calls of a kernel that labels row i by 10 + i, with distances as given. */
async function withMarks(
  distances: readonly number[],
  look: (calls: NearestAttributes[]) => Promise<void>,
): Promise<void> {
  const calls: NearestAttributes[] = [];
  const kernel = ({ attrs }: { attrs: NearestAttributes }): Nearest => {
    calls.push(attrs);
    const labels = Int32Array.from({ length: attrs.x.shape[0] }, (_, i) => 10 + i);
    return { labels, distances: Float64Array.from(labels, (_, i) => distances[i]) };
  };
  await withKernel("MixtapeNearest", kernel, () => look(calls));
}

function column(values: readonly number[]) {
  return { values: Float64Array.from(values), shape: [values.length, 1] } as const;
}

Deno.test("nearest() takes what the kernel finds, but for squares that lost digits", async () => {
  const bounds = [2 ** -900, 2 ** 900];
  await withMarks([NaN, 4, ...bounds, 2 ** -901, 2 ** 901], async (calls) => {
    const x = column([6, 1, 2, 3, 6, 5]);
    const centroids = Float64Array.of(1, 5);
    const { signal } = new AbortController();
    const { labels, distances } = await nearest(x, centroids, 2, signal);
    assert.deepEqual(calls, [{ x, centroids, k: 2, signal }]);
    assert.deepEqual([...labels], [1, 11, 12, 13, 1, 1]);
    assert.deepEqual([...distances], [1, 4, ...bounds, 1, 0]);
  });
});

Deno.test("nearest() believes a distance of 0 only where a row equals its centroid", async () => {
  const kernel = (): Nearest => ({
    labels: Int32Array.of(2, 2, 0),
    distances: new Float64Array(3),
  });
  await withKernel("MixtapeNearest", kernel, async () => {
    const values = Float64Array.of(3, 4, 5, 3, 4, 5.5, 1, 1, 2);
    // Two equal centroids, of which the search on the host would take the first.
    const centroids = Float64Array.of(1, 1, 1, 3, 4, 5, 3, 4, 5);
    const { labels, distances } = await nearest({ values, shape: [3, 3] }, centroids, 3);
    assert.deepEqual([...labels], [2, 1, 0]);
    assert.deepEqual([...distances], [0, 0.25, 1]);
  });
});

Deno.test("nearest() leaves rows beyond 2⁴⁰⁰ to the host, and all rows for such centroids", async () => {
  await withMarks([4, 5], async (calls) => {
    const x = column([2 ** 402, 3, -(2 ** 403), 2 ** 400]);
    const { labels, distances } = await nearest(x, Float64Array.of(1, -7), 2);
    // So far away, 1 and −7 are equally near.
    assert.deepEqual([...labels], [0, 10, 0, 11]);
    assert.deepEqual([...distances], [2 ** 804, 4, 2 ** 806, 5]);
    assert.deepEqual(calls.map(({ x, k }) => [x, k]), [[column([3, 2 ** 400]), 2]]);
    assert.deepEqual([...(await nearest(column([2 ** 500]), Float64Array.of(1), 1)).labels], [0]);
    assert.equal(calls.length, 1);
    const one = await nearest(column([2 ** 500, 3]), Float64Array.of(1), 1);
    assert.deepEqual([...one.labels], [0, 10]);
    for (const unit of [2 ** 402, 2 ** -405]) {
      const found = await nearest(column([0]), Float64Array.of(2 * unit, unit), 2);
      assert.deepEqual([...found.labels], [1]);
    }
    assert.equal(calls.length, 2);
    await nearest(column([2 ** -500]), Float64Array.of(1), 1);
    assert.equal(calls.length, 3, "rows that are tiny are the kernel's");
  });
});

Deno.test("nearestWithSum() takes the sum of the kernel, and adds up distances that it returns instead", async () => {
  const of = { from: 10, weights: Float64Array.of(1, 0, 2) };
  const x = column([1, 2, 5]);
  const centroids = Float64Array.of(1, 9);
  await withMarks([4, 5, NaN], async (calls) => {
    const { labels, sum } = await nearestWithSum(x, centroids, 2, of);
    assert.deepEqual(calls.map((call) => call.sum), [of]);
    assert.deepEqual([...labels], [10, 11, 0]);
    assert.equal(sum, 10 + 4 + 2 * 16);
    const equal = await nearestWithSum(x, centroids, 2, { from: 1 });
    assert.equal(equal.sum, 1 + 4 + 5 + 16);
  });
  const kernel = (): Nearest => {
    return { labels: Int32Array.of(0, 0, 1), distances: new Float64Array(0), sum: 7 };
  };
  await withKernel("MixtapeNearest", kernel, async () => {
    const found = await nearestWithSum(x, centroids, 2, of);
    assert.deepEqual(found, { labels: Int32Array.of(0, 0, 1), sum: 7 });
    const huge = await nearestWithSum(column([2 ** 402]), centroids, 2, { from: 0 });
    assert.equal(huge.sum, 2 ** 804, "rows that overflow are the host's");
  });
});

Deno.test("nearestLabels() gives the kernel the caller's own float32 and bytes, and asks for labels alone", async () => {
  const labelsOf = (x: MatrixLike, ...centroids: number[]) => nearestLabels(x, column(centroids));
  await withMarks([4, 4], async (calls) => {
    for (const kind of [Float32Array, Uint8Array]) {
      const x = { values: kind.of(3, 4), shape: [2, 1] } as const;
      assert.deepEqual(await labelsOf(x, 0, 3), Int32Array.of(10, 11));
      assert.equal(calls.at(-1)!.x.values, x.values);
    }
    assert.ok(calls.every(({ k, labelsAlone }) => k === 2 && labelsAlone));
    const ofFloat64 = column([3, 4]);
    for (const x of [ofFloat64, [[3], [4]]]) {
      assert.deepEqual(await labelsOf(x, 0, 3), Int32Array.of(10, 11));
      assert.equal(calls.at(-1)!.labelsAlone, undefined);
      assert.notEqual(calls.at(-1)!.x.values, ofFloat64.values);
    }
  });
});

Deno.test("nearestLabels() asks for labels alone only if no square of a centroid overflows or vanishes", async () => {
  await withMarks([4], async (calls) => {
    const x = { values: Float32Array.of(3), shape: [1, 1] } as const;
    const isAlone = async (centroid: number) => {
      await nearestLabels(x, column([1, centroid]));
      return calls.at(-1)?.labelsAlone === true;
    };
    for (const centroid of [2 ** 399, -(2 ** -399), 1, 0]) assert.ok(await isAlone(centroid));
    for (const centroid of [2 ** 400, -(2 ** -400)]) assert.ok(!await isAlone(centroid));
  });
});

Deno.test("nearestLabels() names the number that is not finite in the row as the kernel read it", async () => {
  const asked: unknown[] = [];
  const kernel = async ({ attrs }: { attrs: NearestAttributes }): Promise<Nearest> => {
    asked.push(attrs.labelsAlone);
    const values = attrs.x.values.slice(2, 4);
    await Promise.resolve();
    const found = { labels: Int32Array.of(0, -1), distances: Float64Array.of(1, 1) };
    return attrs.labelsAlone
      ? { ...found, notFinite: { row: 1, x: { values, shape: [1, 2] } } }
      : found;
  };
  await withKernel("MixtapeNearest", kernel, async () => {
    const centroids = { values: Float64Array.of(1, 2, 3, 4), shape: [2, 2] } as const;
    const values = Float32Array.of(1, 2, 3, NaN);
    const refused = nearestLabels({ values, shape: [2, 2] }, centroids);
    values.fill(1);
    await assert.rejects(refused, /the value in row 1, column 1 is NaN/);
    assert.deepEqual(asked, [true]);
  });
});
