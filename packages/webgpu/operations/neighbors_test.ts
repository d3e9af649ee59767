import assert from "node:assert/strict";
import { openNeighbors as openSearch } from "@mixtape/tensor-utils";
import { source } from "@mixtape/tensor-utils/testing";
import { countTraffic } from "../testing/count_traffic.ts";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { openNeighbors } from "./neighbors.ts";

const ignore = !hasAdapter;

/** Rows of length below 1, without structure. */
function rows(seed: number, n: number, d: number): Float64Array {
  const next = source(seed);
  return Float64Array.from({ length: n * d }, () => (next() - 0.5) / Math.sqrt(d));
}

/** Opens the search among points on a line, as they are or as if nothing told them apart. */
async function openLine(points: Float32Array, k: number, width = 3, alike = false) {
  const backend = await startWebGpu();
  const pointFactor = new Float32Array(points.length * width);
  points.forEach((point, i) => {
    if (!alike) pointFactor[i * width] = point;
    pointFactor[(i + 1) * width - 1] = alike ? 0 : -point * point / 2;
  });
  const sizes = { dimensions: 1, width, group: 4, groups: points.length / 4, doubt: 2 ** -18 };
  return openNeighbors({ inputs: {}, attrs: { points, k, pointFactor, ...sizes }, backend });
}

function factorOf(queries: Float64Array, width = 3): Float32Array {
  const factor = new Float32Array(queries.length * width);
  queries.forEach((query, i) => factor.set([query, ...new Array(width - 2).fill(0), 1], i * width));
  return factor;
}

function plain(points: Float32Array, query: number, k: number): number {
  return points.slice().map((point) => (point - query) ** 2).sort()[k - 1];
}

Deno.test("neighbours have the same bits in four runs, by 3 dispatches and 2 reads", {
  ignore,
}, async () => {
  await startWebGpu();
  const [n, d] = [3000, 20];
  const points = Float32Array.from(rows(1, n, d));
  const queries = rows(2, 50, d);
  using search = await openSearch(points, d, 9);
  const first = await search.kthDistances(queries, 50);
  for (let again = 1; again < 4; again++) {
    const traffic = await countTraffic(async () => {
      assert.deepEqual(await search.kthDistances(queries, 50), first);
    });
    assert.deepEqual(traffic, { dispatches: 3, submits: 2, reads: 2 });
  }
});

Deno.test("searches at the same time do not disturb each other", { ignore }, async () => {
  await startWebGpu();
  const d = 5;
  using search = await openSearch(Float32Array.from(rows(3, 400, d)), d, 3);
  const blocks = [rows(4, 30, d), rows(5, 7, d)];
  const together = await Promise.all(
    blocks.map((block) => search.kthDistances(block, block.length / d)),
  );
  for (const [at, block] of blocks.entries()) {
    assert.deepEqual(await search.kthDistances(block, block.length / d), together[at]);
  }
});

Deno.test("points beyond the largest binding are divided among buffers", { ignore }, async () => {
  const { device } = await startWebGpu();
  const width = 32;
  const most = Math.floor(device.limits.maxStorageBufferBindingSize / (4 * width));
  if (most > 2 ** 21) return; // more than a test should hold
  const points = new Float32Array(4 * Math.ceil(most / 4) + 1000).fill(-1);
  const few = [3, most - 1, most, points.length - 1];
  few.forEach((at, i) => points[at] = 0.5 + i / 8);
  const queries = Float64Array.of(0.5, 0.625, 0.75, 0.875, 0.7);
  using search = await openLine(points, 1, width);
  const found = await search.kthDistances(queries, factorOf(queries, width));
  assert.deepEqual([...found], [0, 0, 0, 0, (0.75 - 0.7) ** 2]);
});

Deno.test("more points in doubt than a list holds are found a few queries at a time", {
  ignore,
}, async () => {
  const points = Float32Array.from({ length: 3000 }, (_, i) => i * 2 ** -23);
  const queries = Float64Array.from({ length: 400 }, (_, i) => i * 2 ** -20);
  using search = await openLine(points, 5, 3, true);
  const found = await search.kthDistances(queries, factorOf(queries));
  for (const query of [0, 1, 200, 398, 399]) {
    assert.equal(found[query], plain(points, queries[query], 5), `query ${query}`);
  }
  assert.equal(found.indexOf(Infinity), -1);
});

Deno.test("a query that leaves more points in doubt than a list holds is measured by the host", {
  ignore,
}, async () => {
  const points = new Float32Array(2 ** 20 + 4).fill(0.25);
  points[12345] = points[2 ** 20 + 3] = 0.5;
  const queries = Float64Array.of(0.5, 0.25);
  using search = await openLine(points, 3, 3, true);
  assert.deepEqual(
    [...await search.kthDistances(queries, factorOf(queries))],
    [0.0625, 0],
  );
});

Deno.test(
  "a search ends with the reason of its signal, and answers again",
  { ignore },
  async () => {
    const queries = Float64Array.of(0.5);
    using search = await openLine(Float32Array.of(0, 0.25, 1, 1), 1);
    const signal = AbortSignal.abort(new TypeError("enough"));
    await assert.rejects(
      async () => await search.kthDistances(queries, factorOf(queries), signal),
      (error) => error === signal.reason,
    );
    assert.deepEqual([...await search.kthDistances(queries, factorOf(queries))], [0.0625]);
  },
);

Deno.test("a search that was disposed of says so, and one whose device is lost does", {
  ignore,
}, async () => {
  const points = Float32Array.of(0, 0.25, 0.5, 1);
  const queries = Float64Array.of(0.5);
  const search = await openLine(points, 1);
  search[Symbol.dispose]();
  search[Symbol.dispose]();
  await assert.rejects(
    async () => await search.kthDistances(queries, factorOf(queries)),
    TypeError,
  );
  const { device } = await startWebGpu();
  using lost = await openLine(points, 1);
  device.destroy();
  await device.lost;
  await assert.rejects(async () => await lost.kthDistances(queries, factorOf(queries)), {
    name: "DeviceLostError",
  });
  using other = await openLine(points, 2);
  assert.deepEqual([...await other.kthDistances(queries, factorOf(queries))], [0.0625]);
});
