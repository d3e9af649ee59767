import { adjustedRandIndex, kMeansMissing } from "@mixtape/clustering";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { meanInterval } from "../run/mean_interval.ts";
import { recordOwnRun } from "../run/testing/record_own_run.ts";
import { tinyTable } from "../run/testing/tiny_table.ts";
import { run } from "./run.ts";
import { hideCells } from "./run/hide_cells.ts";
import { rankMethods } from "./run/rank_methods.ts";

await useBackend("cpu");

/** Lines of a CSV of two kinds of rows far apart, of which some cells are left empty. */
function gappy(n: number, gapShare: number, seed: number): string {
  const source = random(seed);
  const lines = Array.from({ length: n }, (_, i) => {
    const center = i % 2 === 0 ? 0 : 10;
    const cells = [0, 1, 2].map(() => (center + source.normal()).toFixed(3));
    return [...cells.map((cell) => source.next() < gapShare ? "" : cell), i % 2 ? "b" : "a"].join();
  });
  return ["x,y,z,kind", ...lines].join("\n");
}

Deno.test("missing counts the gaps by column and the columns that rows lack together", async () => {
  const lines = Array.from(
    { length: 20 },
    (_, i) => `${i},${i % 3 ? i : ""},${i % 6 ? 2 * i : ""}`,
  );
  const table = await tinyTable(["a,b,c", ...lines].join("\n"));
  const { payload } = await recordOwnRun(run, table, 1, { seeds: 2, restarts: 1, clusters: 2 });
  const { rows, completeRows, missing, byColumn, patternCount, patterns } = payload;
  assert.deepEqual([rows, completeRows, missing, patternCount], [20, 13, 11, 2]);
  assert.deepEqual(byColumn, [
    { name: "b", missing: 7 },
    { name: "c", missing: 4 },
    { name: "a", missing: 0 },
  ]);
  assert.deepEqual(patterns, [{ lacking: ["b", "c"], rows: 4 }, { lacking: ["b"], rows: 3 }]);
  const one = await recordOwnRun(run, table, 1, {
    seeds: 2,
    restarts: 1,
    clusters: 2,
    patterns: 1,
  });
  assert.deepEqual([one.payload.patterns.length, one.payload.patternCount], [1, 2]);
  assert.deepEqual([payload.areClasses, payload.clusters], [false, 2]);
  assert(payload.groupings.every(({ toClasses }) => toClasses === null));
});

Deno.test("missing finds the error of column means and of groups on hidden cells", async () => {
  const table = await tinyTable(gappy(60, 0.1, 4), { label: "kind" });
  const { payload } = await recordOwnRun(run, table, 9, { seeds: 3, restarts: 1 });
  const { fills, clusters, areClasses, seeds, hidden } = payload;
  assert.deepEqual([clusters, areClasses, seeds], [2, true, 3]);
  const { values, shape: [n, d] } = table.raw;
  const column = (list: ArrayLike<number>, j: number) =>
    Array.from({ length: n }, (_, i) => list[i * d + j]).filter((value) => !Number.isNaN(value));
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const deviation = (list: number[]) =>
    Math.sqrt(mean(list.map((value) => (value - mean(list)) ** 2)));
  // In the units of the file: scaling changes no error in deviations.
  const deviations = [0, 1, 2].map((j) => deviation(column(values, j)));
  let count = 0;
  const expected = [9, 10, 11].map((seed) => {
    const cells = hideCells(table.raw, Float64Array.from(deviations), 0.1, seed);
    count += cells.positions.length;
    const errors = cells.positions.map((at) => {
      const filled = mean(column(cells.x.values, at % d));
      return ((filled - values[at]) / deviations[at % d]) ** 2;
    });
    return Math.sqrt(mean(errors));
  });
  assert.equal(hidden, count);
  const byMethod = new Map(fills.map(({ method, error }) => [method, error]));
  const { value, interval } = meanInterval(expected);
  const means = byMethod.get("column-mean")!;
  assertAllClose([means.mean.value, means.mean.interval.low], [value, interval.low], {
    rtol: 1e-6,
  });
  // Two groups of deviation 1, ten apart: means err by a deviation, groups by a fifth of one.
  assert(means.mean.value > 0.9 && means.mean.value < 1.1);
  for (const method of ["complete-rows", "mean-imputation", "k-pod"] as const) {
    const { mean: { value } } = byMethod.get(method)!;
    assert(value > 0.1 && value < 0.5, `${method}: ${value}`);
  }
  assert(means.behind!.interval.low > 0);
  const { standardizer } = table.preparation.toJSON();
  const scaled = {
    values: values.map((value, at) =>
      (value - standardizer!.centers[at % d]) / standardizer!.scales[at % d]
    ),
    shape: [n, d],
  } as const;
  const ofGroups: number[] = [];
  for (const seed of [9, 10, 11]) {
    const cells = hideCells(scaled, Float64Array.from(deviations), 0.1, seed);
    using model = await kMeansMissing(cells.x, { clusters: 2, method: "k-pod", seed });
    const errors = cells.positions.map((at) => {
      const filled = model.centroids.values[model.labels[Math.floor(at / d)] * d + at % d];
      const own = deviation(column(scaled.values, at % d));
      return ((filled - scaled.values[at]) / own) ** 2;
    });
    ofGroups.push(Math.sqrt(mean(errors)));
  }
  assertAllClose([byMethod.get("k-pod")!.mean.value], [mean(ofGroups)], { rtol: 1e-6 });
});

Deno.test("missing compares groups of the rows as they are, with each other and the classes", async () => {
  const table = await tinyTable(gappy(50, 0.2, 5), {
    label: "kind",
    scale: "none",
    columns: ["x", "y", "z"],
  });
  const settings = { seeds: 2, restarts: 1 };
  const { payload: { groupings } } = await recordOwnRun(run, table, 3, settings);
  const labels = async (method: "complete-rows" | "mean-imputation" | "k-pod", seed: number) => {
    using model = await kMeansMissing(table.raw, { clusters: 2, method, seed });
    return [Int32Array.from(model.labels), model.fittedRows] as const;
  };
  const at = { "complete-rows": 0, "mean-imputation": 1, "k-pod": 3 } as const;
  for (const method of ["complete-rows", "mean-imputation", "k-pod"] as const) {
    const [first, fitted] = await labels(method, 3);
    const [second] = await labels(method, 4);
    const { agreement, toClasses, fittedRows } = groupings[at[method]];
    assert.equal(fittedRows, fitted);
    assertAllClose([agreement[at[method]].value], [adjustedRandIndex(first, second)], {
      rtol: 1e-9,
    });
    const [pod, podNext] = [await labels("k-pod", 3), await labels("k-pod", 4)];
    if (method !== "k-pod") {
      const wanted = (adjustedRandIndex(first, pod[0]) + adjustedRandIndex(second, podNext[0])) / 2;
      assertAllClose([agreement[3].value, groupings[3].agreement[at[method]].value], [
        wanted,
        wanted,
      ], {
        rtol: 1e-9,
      });
    }
    const classes = [first, second].map((one) => adjustedRandIndex(table.labels!, one));
    assertAllClose([toClasses!.mean.value], [(classes[0] + classes[1]) / 2], { rtol: 1e-9 });
  }
});

Deno.test("missing leaves out complete rows where they are too few, and hides nothing where little is known", async () => {
  const lines = Array.from(
    { length: 24 },
    (_, i) => i % 3 === 0 ? `${i},,` : i % 3 === 1 ? `,${i},` : `,,${i}`,
  );
  const table = await tinyTable(["a,b,c", ...lines].join("\n"));
  const { payload } = await recordOwnRun(run, table, 1, { seeds: 2, restarts: 1 });
  assert.deepEqual([payload.hidden, payload.fills, payload.completeRows], [0, [], 0]);
  const [complete, ...others] = payload.groupings;
  assert.deepEqual([complete.method, complete.fittedRows, complete.agreement], [
    "complete-rows",
    0,
    [],
  ]);
  assert(others.every(({ agreement, fittedRows }) => agreement.length === 3 && fittedRows === 24));
});

Deno.test("missing clusters complete rows as long as there are as many as clusters", async () => {
  const lines = Array.from({ length: 24 }, (_, i) => i < 3 ? `${i},${i * i}` : `${i},`);
  const table = await tinyTable(["a,b", ...lines].join("\n"));
  const fitted = async (clusters: number) => {
    const { payload } = await recordOwnRun(run, table, 1, { seeds: 2, restarts: 1, clusters });
    return payload.groupings[0].fittedRows;
  };
  assert.deepEqual([await fitted(3), await fitted(4)], [3, 0]);
});

Deno.test("missing compares methods on as many rows as asked", async () => {
  const table = await tinyTable(gappy(60, 0.1, 4), { label: "kind" });
  const { payload } = await recordOwnRun(run, table, 9, {
    seeds: 2,
    restarts: 1,
    comparedRows: 30,
  });
  assert.deepEqual([payload.rows, payload.comparedRows], [60, 30]);
  assert.equal(payload.groupings[3].fittedRows, 30);
});

Deno.test("hideCells() hides about the share, no gaps, no constant column, never more than half of a column", () => {
  const n = 400;
  const values = Float64Array.from({ length: 4 * n }, (_, at) => {
    const [i, j] = [Math.floor(at / 4), at % 4];
    if (j === 0) return i;
    if (j === 1) return 7;
    return j === 2 ? (i % 50 === 0 ? i : NaN) : (i % 2 ? i : NaN);
  });
  const x = { values, shape: [n, 4] } as const;
  for (const [share, least, most] of [[0.1, 30, 90], [0.95, 300, 300]]) {
    const { x: hidden, positions } = hideCells(x, Float64Array.of(1, 0, 1, 1), share, 5);
    assert(positions.length >= least && positions.length <= most, `${positions.length}`);
    const isHidden = new Set(positions);
    hidden.values.forEach((value, at) => {
      assert.equal(value, isHidden.has(at) ? NaN : values[at]);
      if (isHidden.has(at)) assert(!Number.isNaN(values[at]) && [0, 3].includes(at % 4));
    });
  }
});

Deno.test("hideCells() begins with the first cell, and keeps nine of ten", () => {
  // Ten known cells of the first column, nine of the second.
  const values = Float64Array.from(
    { length: 24 },
    (_, at) => at < (at % 2 === 0 ? 20 : 18) ? at : NaN,
  );
  const firsts = Array.from({ length: 9 }, (_, seed) => {
    const { positions } = hideCells({ values, shape: [12, 2] }, Float64Array.of(1, 1), 0.9, seed);
    assert.equal(positions.length, 1);
    return positions[0];
  });
  assert(firsts.includes(0) && firsts.every((at) => at % 2 === 0), `${firsts}`);
});

Deno.test("rankMethods() takes differences from the best seed by seed", () => {
  const [a, none, b] = rankMethods([[1, 2, 3], null, [3, 2, 7]], "less");
  assert.deepEqual([a!.behind, none], [null, null]);
  assert.deepEqual([a!.mean, b!.behind], [meanInterval([1, 2, 3]), meanInterval([2, 0, 4])]);
  const [low, high] = rankMethods([[1, 2], [2, 5]], "more");
  assert.deepEqual([low!.behind, high!.behind], [meanInterval([1, 3]), null]);
});
