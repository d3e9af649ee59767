import assert from "node:assert/strict";
import { clusterSizes, sizesOnce } from "./cluster_sizes.ts";

Deno.test("clusterSizes() leaves out integers of rows that would take more than 512 MiB", () => {
  const isScreened = (n: number, d: number, k: number) => {
    return clusterSizes({ n, d, rows: { dense: 8 } }, k, 0).screened;
  };
  // 2²⁰ rows of 512 bytes each, of which 16 are not columns.
  for (const k of [32, 100, 256]) {
    assert.equal(isScreened(2 ** 20, 496, k), true, `${k} centroids`);
    assert.equal(isScreened(2 ** 20 + 1, 496, k), false, `${k} centroids`);
    assert.equal(isScreened(2 ** 20, 497, k), false, `${k} centroids`);
  }
  assert.equal(isScreened(1000, 65_536, 32), true);
  assert.equal(isScreened(1000, 65_537, 32), false);
});

Deno.test("clusterSizes() and sizesOnce() let no two partitions write to one pair of cache lines", () => {
  const data = { n: 10_000, d: 3, rows: { dense: 8 } };
  for (const k of [1, 8, 16, 31, 32, 33, 100]) {
    for (const { places, partitions } of [clusterSizes(data, k, 0), sizesOnce(data, k)]) {
      assert.ok(partitions > 1 && places >= k && places < k + 32);
      assert.equal(4 * places % 128, 0, `${k} centroids`);
    }
  }
});

Deno.test("clusterSizes() divides rows into sixteen partitions, of many clusters only as far as their sums are few beside the rows", () => {
  const partitions = (n: number, k: number) => {
    return clusterSizes({ n, d: 96, rows: { dense: 8 } }, k, 0).partitions;
  };
  assert.equal(partitions(100_000, 8), 16);
  assert.equal(partitions(100_000, 1000), 16);
  assert.equal(partitions(32_000, 1000), 8);
  assert.equal(partitions(10_000, 1000), 4);
  assert.equal(partitions(500, 8), 2);
});

Deno.test("clusterSizes() filters 256 rows at a time where no products of them are kept, for any number of clusters", () => {
  const chunk = (d: number, k: number, dense = 8) => {
    return clusterSizes({ n: 100_000, d, rows: { dense } }, k, 0).chunk;
  };
  for (const d of [5, 16, 63]) for (const k of [16, 64, 255]) assert.equal(chunk(d, k), 256);
  assert.equal(chunk(64, 128), 64, "bounds of pairs");
  assert.equal(chunk(65, 24), 256);
  assert.equal(chunk(32, 128, 0), 64, "sparse rows");
});
