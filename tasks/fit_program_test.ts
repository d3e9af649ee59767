/** Calls deno task fit without workers; queue/fit_program_test.ts has it use some. */
import { kMeans } from "@mixtape/clustering";
import { readTable } from "@mixtape/datasets/table";
import { gaussianMixture } from "@mixtape/mixture";
import { useBackend } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { callTask } from "./testing/run_task.ts";

const wine = "examples/wine/wine.csv";

Deno.test("deno task fit writes the model that the package fits", async () => {
  await inFolder(async (folder) => {
    await useBackend("cpu");
    const out = join(folder, "model.json");
    const fit = (...args: string[]) =>
      callTask("fit", [...args, "--data", wine, "--out", out, "--backend", "cpu"]);
    const written = async () => await Deno.readTextFile(out);
    const rows = await readTable.rows(wine, { exclude: ["cultivar"] });
    const ended = await fit(
      ...["k-means", "--clusters", "3", "--exclude", "cultivar", "--init", "random"],
      ...["--seed", "5", "--restarts", "2", "--tolerance", "0", "--max-iterations", "50"],
    );
    assert.deepEqual([ended.code, ended.error], [0, ""]);
    using clusters = await kMeans(rows, {
      ...{ clusters: 3, init: "random", seed: 5, restarts: 2, tolerance: 0, maxIterations: 50 },
    });
    assert.equal(await written(), `${JSON.stringify(clusters)}\n`);
    assert.match(ended.said, /^Data: .*wine\.csv, 178 rows × 13 columns$/m);
    assert.match(ended.said, /^k-means: inertia [\de+.]+, \d+ iterations$/m);

    const few = ["--columns", "alcohol,hue", "--covariance", "tied", "--max-iterations", "2"];
    const mixed = await fit("mixture", "--components", "2", ...few);
    assert.deepEqual([mixed.code, mixed.error], [0, ""]);
    const columns = await readTable.rows(wine, { columns: ["alcohol", "hue"] });
    using mixture = await gaussianMixture(columns, {
      ...{ components: 2, covariance: "tied", maxIterations: 2 },
    });
    assert.equal(await written(), `${JSON.stringify(mixture)}\n`);
    assert.match(
      mixed.said,
      /^mixture: mean log-likelihood -[\d.]+, 2 iterations, not converged$/m,
    );
  });
});

Deno.test("deno task fit says what is wrong with a command line in a sentence", async () => {
  const clusters = ["k-means", "--clusters", "3", "--data", wine];
  for (
    const [args, code, error] of [
      [[], 2, "Cannot fit: one model is needed, k-means or mixture (--help says more)"],
      [["kmeans"], 2, "Unknown model kmeans: did you mean k-means? It can be k-means, mixture"],
      [["k-means"], 2, "Cannot fit a model: --clusters is needed (--help says more)"],
      [["k-means", "--clusters", "3"], 2, "Cannot fit a model: --data must name a file of rows"],
      [[...clusters, "--components", "3"], 2, "Cannot use --components: it is for a mixture"],
      [
        [...clusters, "--tolerance", "x"],
        2,
        'Cannot use --tolerance "x": it must be a number, 0 or more',
      ],
      [
        ["mixture", "--components", "500", "--data", wine, "--exclude", "cultivar"],
        1,
        "Cannot fit 500 components: x has 178 rows, components must be between 1 and 178",
      ],
      [
        [...clusters, "--delimiter", ",", "--workers", "redis://127.0.0.1:1"],
        2,
        "Cannot use --delimiter with --workers: it is for CSV, which they cannot read by ranges, " +
        "write the rows as NPY, Parquet or IDX",
      ],
      // Before the data are looked for, which may take long to read.
      [
        ["k-means", "--clusters", "3", "--data", "no.csv", "--out", "tasks"],
        2,
        "Cannot use --out tasks: it is a folder, name a file to write the model to",
      ],
      [
        ["k-means", "--clusters", "3", "--data", "no.csv", "--out", "deno.json/model.json"],
        1,
        /^error: Cannot write to deno\.json: something of that name is there, /,
      ],
      [
        [...clusters, "--columns", "colour"],
        1,
        /^error: Cannot use --columns: .*"colour"/,
      ],
    ] as const
  ) {
    const ended = await callTask("fit", [...args, "--backend", "cpu"]);
    assert.equal(ended.code, code, `${args}`);
    if (typeof error === "string") assert.equal(ended.error, `error: ${error}\n`);
    else assert.match(ended.error, error);
  }
});

Deno.test("deno task fit names the file and the cell that is missing", async () => {
  await inFolder(async (folder) => {
    const data = join(folder, "gaps.csv");
    await Deno.writeTextFile(data, "a,b\n1,2\n3,\n5,6\n");
    const args = ["k-means", "--clusters", "2", "--data", data, "--out", join(folder, "out.json")];
    const { code, error } = await callTask("fit", [...args, "--backend", "cpu"]);
    assert.deepEqual([code, error], [
      1,
      `error: Cannot use ${data}: the value in row 1, column 1 is NaN, finite numbers are needed, ` +
      "leave out that row or fill the cell\n",
    ]);
  });
});
