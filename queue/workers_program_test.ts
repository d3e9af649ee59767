/** Runs deno task experiments with and without workers, and workers as they are started. */
import { Redis } from "ioredis";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { runTask } from "../tasks/testing/run_task.ts";
import { redisOptions } from "./redis.ts";
import { RedisServer } from "./testing/redis_server.ts";
import { StartedTask } from "./testing/start_task.ts";

const isInstalled = await RedisServer.isInstalled();

/**
 * A result as text, without what differs from run to run: the times. Which worker did which job, and when, stands beside
 * the results.
 */
async function resultOf(out: string, experiment: string): Promise<string> {
  const times = ["elapsedMs", "fitMs", "scoreMs", "startedAt"];
  const text = await Deno.readTextFile(join(out, "results", `${experiment}.json`));
  return JSON.stringify(JSON.parse(text, (key, one) => times.includes(key) ? undefined : one));
}

/** Ids of the experiments that have a result. */
async function resultsIn(out: string): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(join(out, "results")), ({ name }) => name);
  return names.flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? [])
    .filter((name) => name !== "selection" && name !== "workers").sort();
}

/** Calls a test with a server, and workers of a run that writes into a folder. */
async function withWorkers(
  count: number,
  test: (place: {
    readonly server: RedisServer;
    readonly folder: string;
    readonly out: string;
  }) => Promise<void>,
): Promise<void> {
  await using server = await RedisServer.start();
  await inFolder(async (folder) => {
    const out = join(folder, "report");
    const flags = ["--redis", `redis://127.0.0.1:${server.port}`, "--shared", join(out, "parts")];
    const workers = Array.from(
      { length: count },
      () => new StartedTask("worker", [...flags, "--threads", "1"], server.password),
    );
    try {
      await test({ server, folder, out });
    } finally {
      for (const worker of workers) worker.kill("SIGINT");
      for (const { code, error } of await Promise.all(workers.map((one) => one.ended()))) {
        assert.deepEqual([code, error.replace(/^.*Interrupted\n$/, "")], [130, ""]);
      }
    }
  });
}

const quick = ["--profile", "quick", "--dataset", "sample", "--no-site"];

Deno.test({
  name:
    "deno task experiments gives the same results with workers, and what fails on them is named",
  ignore: !isInstalled,
  async fn() {
    await withWorkers(2, async ({ server, folder, out }) => {
      // Workers cannot keep what this experiment gives: a file is where its folder should be.
      await Deno.mkdir(join(out, "parts"), { recursive: true });
      await Deno.writeTextFile(join(out, "parts", "kmeans-missing"), "");
      const here = join(folder, "here");
      const alone = await runTask("experiments", [...quick, "--out", here]);
      assert.deepEqual([alone.code, alone.error], [0, ""]);
      const ids = await resultsIn(here);
      assert(ids.length > 8, `${ids}`);
      const elsewhere = await new StartedTask(
        "experiments",
        [...quick, ...ids, "--out", out, "--workers", `redis://127.0.0.1:${server.port}`],
        server.password,
      ).ended();
      assert.match(
        elsewhere.error,
        /^error: kmeans-missing has no result: Cannot do kmeans-missing: complete: 3 tries failed, [^\n]*\n$/,
      );
      assert.equal(elsewhere.code, 1);
      for (const id of ids.filter((id) => id !== "kmeans-missing")) {
        assert.equal(await resultOf(out, id), await resultOf(here, id), id);
      }
      await assert.rejects(Deno.stat(join(out, "results", "kmeans-missing.json")));
      // Outcomes of parts go once there is a result, and its jobs are not asked for again.
      const left = await Array.fromAsync(Deno.readDir(join(out, "parts")), ({ name }) => name);
      assert.deepEqual(left, ["kmeans-missing"]);
    });
  },
});

Deno.test({
  name:
    "deno task experiments gives the same results, rows and models of data of one's own with workers",
  ignore: !isInstalled,
  async fn() {
    await withWorkers(2, async ({ server, folder, out }) => {
      const args = [
        ...["--dataset", "examples/wine/wine.csv", "--label", "cultivar"],
        ...["--profile", "quick", "--no-site"],
      ];
      const here = join(folder, "here");
      const alone = await runTask("experiments", [...args, "--out", here]);
      assert.deepEqual([alone.code, alone.error], [0, ""]);
      const elsewhere = await new StartedTask(
        "experiments",
        [...args, "--out", out, "--workers", `redis://127.0.0.1:${server.port}`],
        server.password,
      ).ended();
      assert.deepEqual([elsewhere.code, elsewhere.error], [0, ""]);
      const ids = await resultsIn(here);
      assert(ids.length > 2, `${ids}`);
      assert.deepEqual(await resultsIn(out), ids);
      for (const id of ids) assert.equal(await resultOf(out, id), await resultOf(here, id), id);
      const [models] = await Promise.all(
        [here, out].map((one) =>
          Array.fromAsync(Deno.readDir(join(one, "models")), ({ name }) => name)
        ),
      );
      assert(models.length > 2, `${models}`);
      const files = ["rows.csv", "rows.parquet", ...models.map((name) => join("models", name))];
      for (const file of files) {
        const [a, b] = await Promise.all([here, out].map((one) => Deno.readFile(join(one, file))));
        assert(Buffer.from(a).equals(b), file);
      }
    });
  },
});

Deno.test({
  name: "deno task experiments --workers takes its jobs with it at Ctrl-C",
  ignore: !isInstalled,
  async fn() {
    await withWorkers(1, async ({ server, out }) => {
      const run = new StartedTask(
        "experiments",
        [...quick, "--out", out, "--workers", `redis://127.0.0.1:${server.port}`],
        server.password,
      );
      const redis = new Redis(redisOptions(server.address));
      const hashes = async () =>
        (await redis.keys("mixtape:jobs-*")).filter((key) => /:[0-9a-f]{64}$/.test(key));
      while ((await hashes()).length === 0) await new Promise((end) => setTimeout(end, 50));
      const start = performance.now();
      run.kill("SIGINT");
      const { code, error } = await run.ended();
      assert.deepEqual([code, error], [130, "Interrupted\n"]);
      assert(performance.now() - start < 10_000);
      for (let attempt = 0; (await hashes()).length > 0; attempt++) {
        assert(attempt < 200, "jobs are left");
        await new Promise((end) => setTimeout(end, 50));
      }
      redis.disconnect();
    });
  },
});

Deno.test({
  name: "deno task worker says what is wrong with its server in a line",
  ignore: !isInstalled,
  async fn() {
    await using server = await RedisServer.start();
    const at = `127.0.0.1:${server.port}`;
    const said = async (...args: string[]) => {
      const { code, error } = await new StartedTask("worker", ["--backend", "cpu", ...args], "no")
        .ended();
      return [code, error];
    };
    assert.deepEqual(await said("--redis", `redis://${at}`), [
      1,
      `error: Cannot use Redis at ${at}: the password is wrong, check the URL or MIXTAPE_REDIS_PASSWORD\n`,
    ]);
    assert.deepEqual(await said(), [
      2,
      "error: Cannot start a worker: --redis URL is needed (--help says more)\n",
    ]);
    const [code, error] = await said("--redis", "redis://redis.example.org");
    assert.equal(code, 1);
    assert.match(`${error}`, /^error: Cannot reach redis.example.org:6379: this task may reach/);
  },
});
