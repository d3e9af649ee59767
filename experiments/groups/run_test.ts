import { silhouettes } from "@mixtape/clustering";
import { gaussianMixtureFromJSON } from "@mixtape/mixture";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { encode } from "fast-png";
import assert from "node:assert/strict";
import { inFolder } from "../../apps/report-site/testing/folder_contents.ts";
import { readOwnTable } from "../run/own/read_own_table.ts";
import { recordOwnRun } from "../run/testing/record_own_run.ts";
import { tinyTable } from "../run/testing/tiny_table.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const sizes = [20, 14, 8];
const centres = [[0, 0, 5], [9, 1, 5], [2, 12, 5]];

/** Three groups far from each other; the third column is noise, and one cell has no value. */
function threeGroups(): string {
  const source = random(3);
  const lines = sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, i) => {
      const cells = centres[group].map((centre) => centre + 0.4 * source.normal());
      const [a, b, c] = cells.map((cell) => cell.toFixed(6));
      return `id${group}-${i},${group === 2 && i === 0 ? "" : a},${b},${c},k${group}`;
    })
  );
  return ["id,a,b,c,kind", ...lines].join("\n");
}

const small = { seeds: 2, most: 5, madeSets: 19 };

Deno.test("groups finds the groups of a table, and says of each row what its models say", async () => {
  const table = await tinyTable(threeGroups(), { label: "kind", id: "id" });
  const recorded = await recordOwnRun(run, table, 7, small);
  const { payload, columns, models } = recorded;
  assert.deepEqual(payload.clusters.map(({ rows }) => rows), sizes);
  assert.deepEqual(
    [...columns.get("cluster") as Int32Array],
    Array.from(table.labels!, (k) => k + 1),
  );
  const perfect = { ari: 1, ami: 1 };
  const { clusters, components, counts } = payload.classes!;
  assert.deepEqual([clusters, components], [perfect, perfect]);
  assert.deepEqual(counts, [[20, 0, 0], [0, 14, 0], [0, 0, 8]]);
  assert.equal(payload.mixture.agreementWithClusters, 1);
  assert.deepEqual(payload.clusterings.map((one) => one.clusters), [2, 3, 4, 5]);
  assert.deepEqual(payload.clusterings[1].agreements, [1]);
  assert.deepEqual(payload.mixture.agreements, [1]);
  assert.deepEqual([payload.searchRows, payload.silhouetteRows, payload.seeds], [42, 42, 2]);
  assert.deepEqual([payload.dimensions, payload.varianceShare], [3, 1]);
  assert.equal(models.has("projection"), false);
  const [known] = await silhouettes(table.prepared, [table.labels!]);
  for (const mean of payload.clusterings[1].silhouettes) assertAllClose([mean], [known.mean]);
  assert.deepEqual([payload.oneGaussian!.rows, payload.oneGaussian!.reached], [42, 0]);
  // The mixture, applied plainly.
  const mixture = gaussianMixtureFromJSON(models.get("mixture"));
  assert.deepEqual(columns.get("log_density"), await mixture.logDensity(table.prepared));
  assert.deepEqual(
    columns.get("component"),
    (await mixture.predict(table.prepared)).map((component) => component + 1),
  );
  const { trials, mixture: { covariance } } = payload;
  const chosen = trials.find((one) => one.covariance === covariance && one.components === 3)!;
  assert.equal(chosen.bic, Math.min(...trials.map(({ bic }) => bic ?? Infinity)));
  assert(Math.abs(chosen.bic! - await mixture.bic(table.prepared)) < 1);
});

Deno.test("groups tells columns apart by the variance between clusters, in the units of the file", async () => {
  const table = await tinyTable(threeGroups(), { label: "kind", id: "id" });
  const { payload, columns } = await recordOwnRun(run, table, 7, small);
  const present = (j: number, group?: number) =>
    Array.from(table.labels!, (label, i) => ({ label, cell: table.raw.values[3 * i + j] }))
      .filter(({ label, cell }) => !Number.isNaN(cell) && (group ?? label) === label)
      .map(({ cell }) => cell);
  const mean = (cells: number[]) => cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  const squares = (cells: number[]) =>
    cells.reduce((sum, cell) => sum + (cell - mean(cells)) ** 2, 0);
  const plain = ["a", "b", "c"].map((name, j) => {
    const groups = [0, 1, 2].map((group) => present(j, group));
    const within = groups.reduce((sum, cells) => sum + squares(cells), 0);
    return { name, share: 1 - within / squares(present(j)), means: groups.map(mean) };
  }).sort((a, b) => b.share - a.share);
  assert.deepEqual(payload.profiles.map(({ name }) => name), plain.map(({ name }) => name));
  for (const [at, { share, means }] of payload.profiles.entries()) {
    assertAllClose([share, ...means as number[]], [plain[at].share, ...plain[at].means]);
  }
  // The row nearest to the mean of its cluster, plainly.
  const { values } = table.prepared;
  const rows = [...table.labels!.keys()];
  for (const [group, { spread, nearest }] of payload.clusters.entries()) {
    const own = rows.filter((row) => table.labels![row] === group);
    const centre = [0, 1, 2].map((j) => mean(own.map((row) => values[3 * row + j])));
    const distances = own.map((row) =>
      Math.hypot(...centre.map((one, j) => values[3 * row + j] - one))
    );
    const first = own[distances.indexOf(Math.min(...distances))];
    assert.deepEqual(nearest, { row: first, id: table.fileIds![first] });
    assertAllClose([spread], [Math.sqrt(mean(distances.map((one) => one ** 2)))]);
    assertAllClose(
      own.map((row) => (columns.get("cluster_distance") as Float64Array)[row]),
      distances,
      { rtol: 1e-6, atol: 1e-9 },
    );
  }
});

Deno.test("groups gives models that say the same of the same rows, also on principal components", async () => {
  const text = "a,b,c,d\n" + Array.from({ length: 24 }, (_, i) => {
    const [a, b] = [i % 2 * 8 + Math.sin(i), Math.cos(3 * i)];
    return `${a},${b},${a - b},7\n`;
  }).join("");
  const table = await tinyTable(text);
  const { payload, columns, models } = await recordOwnRun(run, table, 1, small);
  assert.deepEqual([payload.dimensions, payload.classes], [2, null]);
  const restored = await run.restore!(models, []);
  const again = await restored.apply({ raw: table.raw, prepared: table.prepared });
  assert.deepEqual(restored.columns, [...columns.keys()]);
  assert.deepEqual(again, [...columns.values()]);
  restored.dispose();
  const [first, second] = payload.map.shares;
  assertAllClose([first + second], [1], { rtol: 1e-12 });
  assert.deepEqual(
    payload.map.cluster,
    [...columns.get("cluster") as Int32Array].map((c) => c - 1),
  );
  const distance = (u: number, v: number, of: HostMatrix) => {
    const d = of.shape[1];
    return Math.hypot(
      ...Array.from({ length: d }, (_, j) => of.values[u * d + j] - of.values[v * d + j]),
    );
  };
  const { x, y } = payload.map;
  assertAllClose([Math.hypot(x[0] - x[1], y[0] - y[1])], [distance(0, 1, table.prepared)], {
    rtol: 1e-6,
  });
});

Deno.test("groups searches on drawn rows, and answers for all", async () => {
  const table = await tinyTable(threeGroups(), { label: "kind", id: "id" });
  const drawn = { ...small, searchRows: 30, silhouetteRows: 25 };
  const { payload, columns } = await recordOwnRun(run, table, 7, drawn);
  assert.deepEqual([payload.searchRows, payload.silhouetteRows], [30, 25]);
  assert.equal(payload.clusters.reduce((sum, { rows }) => sum + rows, 0), 42);
  for (const values of columns.values()) assert.equal(values.length, 42);
  const many = await tinyTable(
    "a\n" + Array.from({ length: 1010 }, (_, i) => `${i % 7}\n`).join(""),
  );
  const wide = await recordOwnRun(run, many, 7, { ...small, most: 2, searchCells: 10 });
  assert.equal(wide.payload.searchRows, 1000);
});

Deno.test("groups takes rows that are all the same, and two values that repeat", async () => {
  const same = await recordOwnRun(run, await tinyTable("a,b\n" + "1,2\n".repeat(12)), 1, small);
  assert.deepEqual([same.payload.clusterings, same.payload.oneGaussian], [[], null]);
  assert.deepEqual(same.payload.clusters.map(({ rows, spread }) => [rows, spread]), [[12, 0]]);
  assert.deepEqual(same.payload.mixture.weights, [1]);
  const two = await tinyTable("a,b\n" + "1,2\n".repeat(12) + "3,2\n".repeat(11));
  const { payload } = await recordOwnRun(run, two, 1, small);
  assert.deepEqual(payload.clusters.map(({ rows }) => rows), [12, 11]);
  assert.deepEqual(payload.clusterings.map(({ silhouettes }) => silhouettes), [[1, 1]]);
  assert.deepEqual(payload.profiles.map(({ share }) => share), [1, 0]);
});

Deno.test("groups tells a cloud that silhouette divides from groups", async () => {
  const source = random(11);
  const text = "a,b\n" +
    Array.from({ length: 60 }, () => `${source.normal()},${3 * source.normal()}\n`).join("");
  const { payload } = await recordOwnRun(run, await tinyTable(text), 1, small);
  assert.deepEqual(payload.mixture.weights, [1]);
  assert(payload.oneGaussian!.reached > 1, `${payload.oneGaussian!.reached}`);
});

Deno.test("groups gives a shape up when it has not improved so many times in a row", async () => {
  const table = await tinyTable(threeGroups(), { label: "kind", id: "id" });
  for (const patience of [1, 2]) {
    const { payload } = await recordOwnRun(run, table, 7, { ...small, seeds: 1, patience });
    assert.equal(payload.patience, patience);
    for (const own of Map.groupBy(payload.trials, (one) => one.covariance).values()) {
      assert.deepEqual(own.map(({ components }) => components), own.map((_, at) => at + 1));
      const waits = own.map((_, at) => {
        const scores = own.slice(0, at + 1).map(({ bic, isShrunken }) =>
          isShrunken ? Infinity : bic ?? Infinity
        );
        return at - scores.indexOf(Math.min(...scores));
      });
      assert.deepEqual(waits.slice(0, -1).filter((wait) => wait >= patience), []);
      assert(own.length === small.most || waits.at(-1) === patience, `${waits}`);
    }
  }
});

Deno.test("groups takes the first shape where all are the same, in one column", async () => {
  const source = random(4);
  const text = "a\n" + Array.from({ length: 40 }, () => `${source.normal()}\n`).join("");
  const { payload } = await recordOwnRun(run, await tinyTable(text), 1, { ...small, most: 2 });
  assert.deepEqual([payload.mixture.covariance, payload.mixture.weights], ["full", [1]]);
  assert.deepEqual(payload.map.y, new Array(40).fill(0));
  assert.deepEqual(payload.map.shares, [1, 0]);
});

Deno.test("groups leaves out mixtures that have shrunk onto repeated values", async () => {
  const source = random(2);
  const text = "a,b\n" +
    Array.from({ length: 80 }, () => `${source.integer(3)},${source.normal()}\n`).join("");
  const { payload: { trials, mixture } } = await recordOwnRun(run, await tinyTable(text), 1, small);
  const chosen = trials.find(({ covariance, components }) =>
    covariance === mixture.covariance && components === mixture.weights.length
  )!;
  const lower = trials.filter(({ bic }) => bic !== null && bic < chosen.bic!);
  assert.equal(chosen.isShrunken, false);
  assert(lower.length > 0 && lower.every(({ isShrunken }) => isShrunken));
});

Deno.test("groups draws the mean image of each cluster, in colour where images are", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/own`);
    for (let i = 0; i < 12; i++) {
      const data = i < 7 ? [200, 10 + i, 0, 200, 0, 0] : [0, 0, 220, 0, 20, 240];
      await Deno.writeFile(
        `${folder}/own/${i}.png`,
        encode({ width: 2, height: 1, data: Uint8Array.from(data), channels: 3 }),
      );
    }
    const table = await readOwnTable({ path: `${folder}/own` }, {
      seed: 0,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const { payload, images } = await recordOwnRun(run, table, 1, small);
    const { values, channels, shape } = images.get("centroids")!;
    assert.deepEqual([channels, shape, payload.profiles], [3, { height: 1, width: 2 }, []]);
    const clusters = payload.clusters.map(({ rows }) => rows);
    assert.deepEqual(clusters.slice(0, 2).reduce((a, b) => a + b), 12);
    const whole = [0, 0, 220, 0, 20, 240];
    const at = clusters.indexOf(5);
    assert.deepEqual(Array.from(values).slice(6 * at, 6 * at + 6), whole);
  });
});
