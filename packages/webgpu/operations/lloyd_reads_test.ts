import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import {
  assertAllClose,
  meansOf,
  plainStep,
  source,
  stepWithLabels,
  testRounds,
  testSeed,
} from "@mixtape/tensor-utils/testing";
import { Gpu } from "../gpu.ts";
import { hasAdapter } from "../testing/adapter.ts";
import { bytesRead } from "../testing/count_traffic.ts";
import { means, open, rows, unlike } from "../testing/lloyd_session.ts";

const ignore = !hasAdapter;
const [d, k] = [9, 12];

/** Makes buffers of devices smaller, until it is disposed of. */
function limitBuffers(mostBytes: number): Disposable {
  const own = Object.getOwnPropertyDescriptor(Gpu.prototype, "mostBytes")!;
  Object.defineProperty(Gpu.prototype, "mostBytes", {
    ...own,
    get(this: Gpu): number {
      return Math.min(mostBytes, own.get!.call(this));
    },
  });
  return { [Symbol.dispose]: () => Object.defineProperty(Gpu.prototype, "mostBytes", own) };
}

/** Takes steps from the first rows, and returns the bytes of each read after the first step. */
async function bytesOfSteps(
  x: HostMatrix,
  weights: Float64Array | undefined,
  steps: number,
): Promise<number[]> {
  using session = await open(x, weights);
  let centroids = Float64Array.from(x.values.subarray(0, k * d));
  const step = async () => {
    const { sums, counts } = await session.step(centroids);
    centroids = Float64Array.from(means(sums, counts, d));
  };
  await step();
  return await bytesRead(async () => {
    for (let i = 0; i < steps; i++) await step();
  });
}

for (const kind of ["bytes", "floats"] as const) {
  Deno.test(
    `steps of Lloyd on ${kind} read as much of many rows as of few: no labels`,
    { ignore },
    async () => {
      const few = await bytesOfSteps(rows(kind, 500, d), undefined, 16);
      const many = await bytesOfSteps(rows(kind, 5000, d), undefined, 16);
      assert.deepEqual(few, many);
      assert.equal(many.length, 2);
      assert.ok(many[0] < 4 * 5000, `${many[0]} bytes`);
    },
  );

  Deno.test(
    `labels of Lloyd on ${kind} are read when they are asked for, and once`,
    { ignore },
    async () => {
      const n = 3000;
      const x = rows(kind, n, d);
      using session = await open(x);
      let centroids = Float64Array.from(x.values.subarray(0, k * d));
      for (let step = 0; step < 6; step++) {
        const { sums, counts } = await session.step(centroids);
        if (step === 5) break;
        centroids = Float64Array.from(means(sums, counts, d));
      }
      const expected = plainStep(x, centroids);
      const bytes = await bytesRead(async () => {
        assert.deepEqual(await session.labels?.(), expected.labels);
        assert.deepEqual(await session.labels?.(), expected.labels);
        assertAllClose(await session.distances(), expected.distances, { rtol: 1e-12 });
      });
      assert.deepEqual(bytes, [4 * n]);
    },
  );
}

Deno.test(
  "labels of Lloyd that are asked for at every step come with the sums",
  { ignore },
  async () => {
    const x = rows("bytes", 3000, d);
    using session = await open(x);
    let centroids = Float64Array.from(x.values.subarray(0, k * d));
    const reads = await bytesRead(async () => {
      for (let step = 0; step < 17; step++) {
        const { labels, sums, counts } = await stepWithLabels(session, centroids);
        assert.deepEqual(labels, plainStep(x, centroids).labels, `step ${step}`);
        centroids = Float64Array.from(means(sums, counts, d));
      }
    });
    assert.equal(reads.length, 4, "one of each batch, and one of the first labels");
  },
);

const replayed = { weights: rows("bytes", 4000, d), "float64 numbers": rows("floats", 4000, d) };

for (const [kind, { values, shape }] of Object.entries(replayed)) {
  Deno.test(
    `steps of Lloyd with ${kind} read the rows that change cluster, where they are few`,
    { ignore },
    async () => {
      const isWeighted = kind === "weights";
      const x: HostMatrix = { values: isWeighted ? values : Float64Array.from(values), shape };
      const weights = isWeighted ? new Float64Array(4000).fill(0.5) : undefined;
      const reads = await bytesOfSteps(x, weights, 32);
      assert.equal(reads.length, 4);
      assert.ok(reads[3] < 4 * 4000 * 8 / 4, `${reads} bytes`);
    },
  );
}

/** Numbers that the kernels treat differently, and where they lie. */
const kinds = [[Uint8Array, 0], [Float32Array, -128], [Float32Array, 1000], [
  Float64Array,
  0,
]] as const;

Deno.test(
  "steps of Lloyd count what changes, whoever decides, and whenever labels are asked for",
  { ignore },
  async () => {
    const next = source(testSeed());
    const upTo = (most: number) => Math.floor(most * next());
    for (let round = 0; round < testRounds(60); round++) {
      const [n, d, k] = [5 + upTo(500), 1 + upTo(4), 2 + upTo(8)];
      const [Values, offset] = kinds[upTo(kinds.length)];
      // The coarser they are, the more rows lie half way between centroids: the device leaves them to the host.
      const grain = 2 ** upTo(7);
      const values = new Values(
        Array.from({ length: n * d }, () => offset + grain * upTo(256 / grain)),
      );
      const x: HostMatrix = { values, shape: [n, d] };
      const weights = next() < 0.3
        ? Float64Array.from(values.subarray(0, n), () => upTo(3))
        : undefined;
      const asks = next();
      const wanders = 0.4 * next();
      // Some have one part of 64 rows after another.
      using _limit = limitBuffers(next() < 0.4 ? 64 * 36 : Infinity);
      using session = await open(x, weights);
      let before: Int32Array = new Int32Array(n).fill(-1);
      let centroids: Float64Array = Float64Array.from(
        { length: k * d },
        (_, at) => values[at % (n * d)],
      );
      for (let at = 0; at < 20; at++) {
        const found = await session.step(centroids);
        const expected = plainStep(x, centroids, weights);
        const name = `round ${round}, ${n} × ${d}, ${k} clusters, ${Values.name}, step ${at}`;
        assert.equal(found.changed, unlike(expected.labels, before), name);
        assert.deepEqual(Float64Array.from(found.counts), expected.counts, name);
        assertAllClose(found.sums, expected.sums, { rtol: 1e-9, atol: 1e-8 });
        if (next() < asks) assert.deepEqual(await session.labels?.(), expected.labels, name);
        before = expected.labels;
        centroids = meansOf(found.sums, found.counts, centroids);
        if (next() < wanders) {
          const way = upTo(5);
          if (way === 0) {
            session.reset();
            before = new Int32Array(n).fill(-1);
          }
          if (way === 1) centroids[upTo(centroids.length)] = 1e9;
          if (way === 2) centroids = centroids.slice(d * upTo(centroids.length / d));
          if (way > 2) centroids = centroids.map((_, i) => values[(i + d * upTo(n)) % (n * d)]);
        }
      }
    }
  },
);
