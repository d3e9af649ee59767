/** Runs deno task fit with and without workers, on workers of which one is killed, and at a server that is restarted. */
import { Redis } from "ioredis";
import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeNpy } from "../bench/core/npy.ts";
import { random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { redisOptions } from "./redis.ts";
import { RedisServer } from "./testing/redis_server.ts";
import { StartedTask } from "./testing/start_task.ts";

const isInstalled = await RedisServer.isInstalled();

/** A file of bytes in blocks of 65,536 rows, a server, and workers. */
class Place {
  readonly #workers: StartedTask[] = [];

  constructor(readonly server: RedisServer, readonly folder: string) {}

  /** Starts a worker, and waits until it is ready. */
  async worker(...args: readonly string[]): Promise<StartedTask> {
    const worker = this.start("worker", [
      ...["--redis", this.url, "--threads", "1", "--data-dir", this.folder],
      ...["--shared", join(this.folder, "parts"), ...args],
    ]);
    this.#workers.push(worker);
    await worker.prints(/^Waiting for jobs/m);
    return worker;
  }

  start(task: string, args: readonly string[]): StartedTask {
    return new StartedTask(task, args, this.server.password);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.server.port}`;
  }

  /** Starts a fit, with workers or without. */
  fit(out: string, args: readonly string[], isElsewhere: boolean): StartedTask {
    const workers = ["--workers", this.url, "--shared", join(this.folder, "parts")];
    return this.start("fit", [
      ...[...args, "--data", "x.npy", "--data-dir", this.folder],
      ...["--out", join(this.folder, out), ...isElsewhere ? workers : []],
    ]);
  }

  /** Fits without workers. */
  async fitAlone(args: readonly string[]): Promise<void> {
    const { code, error } = await this.fit("alone.json", args, false).ended();
    assert.deepEqual([code, error], [0, ""]);
  }

  /** The bytes of a model. */
  async model(out: string): Promise<string> {
    return await Deno.readTextFile(join(this.folder, out));
  }

  /** Checks that a run has left nothing, at the server and in the folder. */
  async isClean(): Promise<void> {
    const redis = new Redis(redisOptions(this.server.address));
    try {
      for (let attempt = 0;; attempt++) {
        const keys = await redis.keys("mixtape:*");
        const left = keys.filter((key) =>
          /:(parcel|jobs-[^:]+):[0-9a-f]{64}$|:(runs|unwanted:|strangers:)/.test(key)
        );
        if (left.length === 0) break;
        assert(attempt < 200, `${left}`);
        await new Promise((end) => setTimeout(end, 50));
      }
    } finally {
      redis.disconnect();
    }
    await assert.rejects(Deno.stat(join(this.folder, "parts")), Deno.errors.NotFound);
  }

  async end(): Promise<void> {
    for (const worker of this.#workers) worker.kill("SIGKILL");
    await Promise.all(this.#workers.map((worker) => worker.ended()));
  }
}

function inPlace(name: string, rows: number, test: (place: Place) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !isInstalled,
    async fn() {
      await using server = await RedisServer.start();
      await inFolder(async (folder) => {
        const source = random(testSeed());
        const values = Uint8Array.from(
          { length: rows * 32 },
          (_, i) => 40 * (Math.floor(i / 32) % 4) + source.integer(120),
        );
        await Deno.writeFile(join(folder, "x.npy"), encodeNpy({ values, shape: [rows, 32] }));
        const place = new Place(server, folder);
        try {
          await test(place);
        } finally {
          await place.end();
        }
      });
    },
  });
}

const fits = {
  "k-means": ["k-means", "--clusters", "4", "--max-iterations", "4", "--tolerance", "0"],
  mixture: ["mixture", "--components", "3", "--covariance", "diagonal", "--max-iterations", "3"],
};

/** A fit of several passes, on the slow backend. */
const slowFit = [
  ...["k-means", "--clusters", "12", "--init", "random", "--max-iterations", "3"],
  ...["--tolerance", "0", "--backend", "cpu"],
];

inPlace(
  "deno task fit gives the same bytes with 1, 2 and 3 workers as without",
  220_000,
  async (place) => {
    const alone = Object.keys(fits).map((kind) =>
      place.fit(`${kind}.json`, fits[kind as keyof typeof fits], false).ended()
    );
    for (const { code, error } of await Promise.all(alone)) {
      assert.deepEqual([code, error], [
        0,
        "",
      ]);
    }
    for (let count = 1; count <= 3; count++) {
      await place.worker();
      for (const [kind, args] of Object.entries(fits)) {
        const out = `${kind}-${count}.json`;
        const { code, error, said } = await place.fit(out, args, true).ended();
        assert.deepEqual([code, error], [0, ""]);
        assert(
          await place.model(out) === await place.model(`${kind}.json`),
          `${out} has other bytes`,
        );
        const [, jobs] = /^Jobs: (.+)$/m.exec(said)!;
        assert.equal(jobs.split(", ").length, count, jobs);
        await place.isClean();
      }
    }
  },
);

inPlace(
  "deno task fit outlives a worker that is killed, and a restart of Redis",
  150_000,
  async (place) => {
    await place.fitAlone(slowFit);
    const slow = ["--backend", "cpu", "--lease", "1"];
    const first = await place.worker(...slow);
    const fit = place.fit("killed.json", slowFit, true);
    await first.prints(/^lloyd, block 1: begun/m);
    first.kill("SIGKILL");
    const second = await place.worker(...slow);
    await second.prints(/^lloyd, block \d: done/m);
    await place.server.stop();
    await new Promise((end) => setTimeout(end, 500));
    await place.server.start();
    const { code, error, said } = await fit.ended();
    assert.deepEqual([code, error], [0, ""]);
    assert.match(said, /^Jobs: .* begun again$/m);
    assert(await place.model("killed.json") === await place.model("alone.json"), "other bytes");
    await place.isClean();
  },
);

inPlace(
  "deno task fit takes its jobs with it at Ctrl-C, and names what fails",
  150_000,
  async (place) => {
    const worker = await place.worker("--backend", "cpu");
    const args = ["k-means", "--clusters", "12", "--init", "random", "--backend", "cpu"];
    const fit = place.fit("ended.json", args, true);
    await worker.prints(/^lloyd, block 1: begun/m);
    fit.kill("SIGINT");
    const { code, error } = await fit.ended();
    assert.deepEqual([code, error], [130, "Interrupted\n"]);
    await place.isClean();
    await assert.rejects(place.model("ended.json"), Deno.errors.NotFound);

    // As a supervisor stops it.
    worker.kill("SIGTERM");
    assert.equal((await worker.ended()).code, 130);
    await Deno.mkdir(join(place.folder, "other"));
    await Deno.writeFile(
      join(place.folder, "other", "x.npy"),
      encodeNpy({ values: new Uint8Array(150_000 * 32), shape: [150_000, 32] }),
    );
    await place.worker("--backend", "cpu", "--data-dir", join(place.folder, "other"));
    const failed = await place.fit("failed.json", args, true).ended();
    assert.equal(failed.code, 1);
    assert.match(
      failed.error,
      /^error: Cannot do magnitude, block \d: 3 tries failed, Cannot use x\.npy: the file here is not that of the run, [^\n]*\n$/,
    );
    await place.isClean();
  },
);

inPlace(
  "a worker that was away while deno task fit left cleans up after it",
  150_000,
  async (place) => {
    const worker = await place.worker("--backend", "cpu");
    const fit = place.fit("left.json", slowFit, true);
    await worker.prints(/^lloyd, block 1: begun/m);
    worker.kill("SIGSTOP");
    fit.kill("SIGINT");
    assert.equal((await fit.ended()).code, 130);
    worker.kill("SIGCONT");
    await place.isClean();
  },
);

inPlace(
  "deno task fit and a worker that have different folders name each other, and lose nothing",
  150_000,
  async (place) => {
    await place.fitAlone(slowFit);
    const other = join(place.folder, "other");
    const worker = await place.worker("--backend", "cpu", "--shared", other);
    const { code, error, said } = await place.fit("apart.json", slowFit, true).ended();
    assert.deepEqual([code, error], [0, ""]);
    const parts = join(place.folder, "parts");
    assert.match(said, /^The worker .+:\d+ does not share the folder .+ of this run/m);
    assert(said.includes(`the folder ${parts} of this run`), said);
    assert.match(worker.said, /^The folder .+ is not that of a run that has come/m);
    assert(worker.said.includes(`The folder ${other} is not`), worker.said);
    assert(await place.model("apart.json") === await place.model("alone.json"), "other bytes");
    await place.isClean();
    await assert.rejects(Deno.stat(other), Deno.errors.NotFound);
  },
);
