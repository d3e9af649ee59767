/** Runs jobs on workers of their own program at a Redis server of its own, and breaks one thing after another. */
import { Redis } from "ioredis";
import assert from "node:assert/strict";
import { join } from "node:path";
import { Jobs } from "./ask_jobs.ts";
import { type Done, JobFailedError } from "./job.ts";
import { type PresentWorker, workersPresent } from "./presence.ts";
import { redisOptions } from "./redis.ts";
import { serveJobs } from "./serve_jobs.ts";
import { RedisServer } from "./testing/redis_server.ts";
import { StallingProxy } from "./testing/stalling_proxy.ts";
import { ToyWorker } from "./testing/start_toy_worker.ts";
import type { ToyQuestion } from "./testing/toy_worker.ts";

const isInstalled = await RedisServer.isInstalled();
if (!isInstalled) {
  // deno-lint-ignore no-console -- says why tests are ignored
  console.log("Tests of the queue are ignored: redis-server is not installed");
}

/** A server, workers, and what asks them. */
class Place {
  readonly notes: string[] = [];
  readonly controller = new AbortController();
  readonly #workers: ToyWorker[] = [];

  constructor(
    readonly server: RedisServer,
    readonly log: string,
    readonly stack: AsyncDisposableStack,
  ) {}

  worker(options: ConstructorParameters<typeof ToyWorker>[1] = {}): ToyWorker {
    const worker = new ToyWorker(this.server, options);
    this.#workers.push(worker);
    return worker;
  }

  async open(port = this.server.port): Promise<Jobs> {
    return this.stack.use(
      await Jobs.open({
        address: { ...this.server.address, port },
        version: { code: "this", backend: "cpu" },
        signal: this.controller.signal,
        onNote: (line) => this.notes.push(line),
      }),
    );
  }

  ask(jobs: Jobs, number: number, more: Partial<ToyQuestion> = {}): Promise<Done> {
    const question = { number, log: this.log, ...more };
    return jobs.do({ name: `job-${number}`, title: `toy ${number}`, question });
  }

  /** Lines of the log. */
  lines(): string[] {
    try {
      return Deno.readTextFileSync(this.log).trim().split("\n");
    } catch {
      return [];
    }
  }

  /** Waits until the log has a line. */
  async sees(line: string): Promise<void> {
    await until(() => this.lines().includes(line), line);
  }

  /** Names of the jobs that the server has. */
  async stored(): Promise<string[]> {
    return await this.keys("mixtape:jobs-this-cpu:job-*");
  }

  /** Keys that the server has. */
  async keys(pattern: string): Promise<string[]> {
    return await this.#look(async (redis) => (await redis.keys(pattern)).sort());
  }

  /** Workers that have come to the server. */
  async present(): Promise<readonly PresentWorker[]> {
    return await this.#look((redis) => workersPresent.list(redis));
  }

  async #look<Seen>(look: (redis: Redis) => Promise<Seen>): Promise<Seen> {
    const redis = new Redis(redisOptions(this.server.address));
    try {
      return await look(redis);
    } finally {
      redis.disconnect();
    }
  }

  async endWorkers(): Promise<void> {
    for (const worker of this.#workers) {
      await worker.end("SIGKILL");
    }
  }
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (await holds()) return;
    await new Promise((end) => setTimeout(end, 25));
  }
  assert.fail(`waited too long: ${what}`);
}

const wait = (ms: number) => new Promise((end) => setTimeout(end, ms));
const numbers = [1, 2, 3, 4, 5, 6];

function fault(name: string, test: (place: Place) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !isInstalled,
    // Connections close in their own time.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const folder = await Deno.makeTempDir();
      await using server = await RedisServer.start();
      const stack = new AsyncDisposableStack();
      const place = new Place(server, join(folder, "log"), stack);
      try {
        await test(place);
      } finally {
        await stack.disposeAsync();
        await place.endWorkers();
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

fault("a job whose worker is killed is begun again by another, and counts once", async (place) => {
  const jobs = await place.open();
  const first = place.worker();
  const asked = place.ask(jobs, 1, { sleep: 800 });
  await place.sees("begun 1");
  await first.end("SIGKILL");
  const second = place.worker();
  const { answer, worker, tries } = await asked;
  assert.deepEqual([answer, worker, tries], [2, second.name, 2]);
  assert.deepEqual(place.lines(), ["begun 1", "begun 1", "done 1"]);
});

fault("jobs go on when all workers were killed and others are started", async (place) => {
  const jobs = await place.open();
  const first = [place.worker(), place.worker()];
  const asked = numbers.map((number) => place.ask(jobs, number, { sleep: 400 }));
  await place.sees("done 1");
  await place.sees("begun 3");
  await Promise.all(first.map((worker) => worker.end("SIGKILL")));
  place.worker();
  place.worker();
  const done = await Promise.all(asked);
  assert.deepEqual(done.map(({ answer }) => answer), numbers.map((number) => 2 * number));
});

fault("jobs outlive a restart of Redis, which has them in its file", async (place) => {
  const jobs = await place.open();
  place.worker();
  const asked = numbers.map((number) => place.ask(jobs, number, { sleep: 300 }));
  await place.sees("begun 2");
  await place.server.stop();
  await wait(1000);
  await place.server.start();
  const done = await Promise.all(asked);
  assert.deepEqual(done.map(({ answer }) => answer), numbers.map((number) => 2 * number));
  await until(() => place.notes.includes("Redis answers again"), "a note");
  assert(place.notes.some((line) => line.startsWith("Redis does not answer, trying again: ")));
});

fault("jobs that Redis lost are asked for again", async (place) => {
  const jobs = await place.open();
  const asked = numbers.map((number) => place.ask(jobs, number));
  await until(async () => (await place.stored()).length === 6, "six jobs");
  const redis = new Redis(redisOptions(place.server.address));
  await redis.flushall();
  redis.disconnect();
  place.worker();
  const done = await Promise.all(asked);
  assert.deepEqual(done.map(({ answer }) => answer), numbers.map((number) => 2 * number));
});

fault("what a worker does after it lost its lease does not count", async (place) => {
  const jobs = await place.open();
  // Long enough for the quick one not to lose it on a busy machine.
  const lease = 3;
  const slow = place.worker({ lease });
  const asked = place.ask(jobs, 1, { sleep: 600 });
  await place.sees("begun 1");
  slow.process.kill("SIGSTOP");
  const quick = place.worker({ lease });
  const { worker, tries } = await asked;
  assert.deepEqual([worker, tries], [quick.name, 2]);
  slow.process.kill("SIGCONT");
  await wait(1500);
  assert.deepEqual(await place.stored(), []);
  // The slow worker goes on with other jobs.
  await quick.end("SIGINT");
  assert.equal((await place.ask(jobs, 2)).worker, slow.name);
});

fault("a job that fails as often as it may is named, and others go on", async (place) => {
  const jobs = await place.open();
  place.worker();
  const asked = numbers.map((number) => place.ask(jobs, number, { poison: number === 2 }));
  const ended = await Promise.allSettled(asked);
  assert.deepEqual(ended.map(({ status }) => status === "fulfilled"), [
    true,
    false,
    true,
    true,
    true,
    true,
  ]);
  const { reason } = ended[1] as PromiseRejectedResult;
  assert(reason instanceof JobFailedError);
  assert.equal(reason.message, "Cannot do toy 2: 3 tries failed, 2 is poisoned");
  assert.equal(place.lines().filter((line) => line === "begun 2").length, 3);
  // A new run tries again.
  await assert.rejects(place.ask(jobs, 2, { poison: true }), JobFailedError);
  assert.equal(place.lines().filter((line) => line === "begun 2").length, 6);
});

fault("a job that ends each worker fails in the end", async (place) => {
  const jobs = await place.open();
  const asked = place.ask(jobs, 1, { sleep: 60_000 });
  asked.catch(() => {});
  for (let attempt = 1; attempt <= 3; attempt++) {
    const worker = place.worker({ lease: 1 });
    await until(
      () => place.lines().filter((line) => line === "begun 1").length === attempt,
      `attempt ${attempt}`,
    );
    await worker.end("SIGKILL");
  }
  place.worker({ lease: 1 });
  await assert.rejects(asked, JobFailedError);
});

fault("a worker of another version is refused by its name and sees no job", async (place) => {
  const other = place.worker({ code: "other" });
  const jobs = await place.open();
  const asked = place.ask(jobs, 1);
  const refused = `Refused the worker ${other.name}: its code is other, that of this run is this`;
  await until(() => place.notes.includes(refused), refused);
  assert(place.notes.some((line) => line.startsWith("No worker of this version yet: start one")));
  assert.deepEqual(place.lines(), []);
  const right = place.worker();
  assert.equal((await asked).worker, right.name);
});

fault("a cut of the network of ten seconds loses nothing", async (place) => {
  using proxy = new StallingProxy(place.server.port);
  const jobs = await place.open(proxy.port);
  const far = place.worker({ port: proxy.port, lease: 4 });
  const asked = numbers.map((number) => place.ask(jobs, number, { sleep: 300 }));
  await place.sees("begun 2");
  proxy.cut();
  // Another worker, which is not cut off, gets what the far one had begun.
  const near = place.worker({ lease: 4 });
  await wait(10_000);
  proxy.mend();
  const done = await Promise.all(asked);
  assert.deepEqual(done.map(({ answer }) => answer), numbers.map((number) => 2 * number));
  assert.deepEqual(
    [...new Set(done.map(({ worker }) => worker))].sort(),
    [far.name, near.name].sort(),
  );
  // Each counted once, and the far worker goes on.
  assert.deepEqual(await place.stored(), []);
  await near.end("SIGINT");
  assert.equal((await place.ask(jobs, 7)).worker, far.name);
});

fault("a wrong password, no password and no server are said at once", async (place) => {
  const { server } = place;
  const open = (more: object) =>
    Jobs.open({
      address: { ...server.address, ...more },
      version: { code: "this", backend: "cpu" },
      signal: place.controller.signal,
      onNote: () => {},
    });
  const at = `Cannot use Redis at 127.0.0.1:${server.port}: `;
  await assert.rejects(open({ password: "guess" }), {
    message: `${at}the password is wrong, check the URL or MIXTAPE_REDIS_PASSWORD`,
  });
  await assert.rejects(open({ password: undefined }), {
    message: `${at}it wants a password, set MIXTAPE_REDIS_PASSWORD`,
  });
  await server.stop();
  await assert.rejects(open({}), {
    message: `${at}nothing listens there, start a server (redis-server) or check the address`,
  });
});

fault(
  "a run that is ended takes its jobs with it, and another that wants them has them",
  async (place) => {
    const jobs = await place.open();
    const worker = place.worker();
    const asked = numbers.map((number) =>
      place.ask(jobs, number, { sleep: number === 1 ? 60_000 : 0 })
    );
    const ended = Promise.allSettled(asked);
    await place.sees("begun 1");
    const start = performance.now();
    place.controller.abort();
    assert((await ended).every(({ status }) => status === "rejected"));
    await place.stack.disposeAsync();
    assert(performance.now() - start < 5000);
    await until(async () => (await place.stored()).length === 0, "no jobs");
    assert.deepEqual(place.lines(), ["begun 1"]);
    await using stack = new AsyncDisposableStack();
    const next = new Place(place.server, place.log, stack);
    const answer = await next.ask(await next.open(), 1);
    assert.deepEqual([answer.worker, answer.answer], [worker.name, 2]);
  },
);

fault("a job that ends after its run leaves neither its answer nor a parcel", async (place) => {
  const jobs = await place.open();
  place.worker();
  place.worker();
  // Else one may do both jobs before the other is there, and end the first before its run.
  await until(async () => (await place.present()).length === 2, "two workers");
  const asked = [1, 2].map((number) =>
    place.ask(jobs, number, { sleep: 1500, deaf: true, poison: number === 2 })
  );
  const ended = Promise.allSettled(asked);
  await place.sees("begun 1");
  await place.sees("begun 2");
  place.controller.abort();
  await ended;
  await place.stack.disposeAsync();
  await place.sees("done 1");
  await until(async () => (await place.stored()).length === 0, "no jobs");
  assert.deepEqual(await place.keys("mixtape:parcel:*"), []);
  assert.deepEqual(place.lines().sort(), ["begun 1", "begun 2", "done 1"]);
});

fault("a worker that is stopped gives its job to another at once", async (place) => {
  const jobs = await place.open();
  const first = place.worker({ lease: 60 });
  const asked = place.ask(jobs, 1, { sleep: 1500 });
  await place.sees("begun 1");
  const second = place.worker({ lease: 60 });
  assert.equal(await first.end("SIGINT"), 130);
  assert.equal((await asked).worker, second.name);
});

fault("a worker that is stopped before it waits for jobs ends", async (place) => {
  const notes: string[] = [];
  const serving = serveJobs({
    address: place.server.address,
    worker: { name: "stopped", code: "this", backend: "cpu" },
    concurrency: 1,
    leaseSeconds: 2,
    signal: AbortSignal.abort(),
    onNote: (line) => notes.push(line),
    run: () => Promise.resolve(0),
  });
  await assert.rejects(serving, { name: "AbortError" });
  assert.deepEqual(notes, []);
});

fault("a thousand jobs are each done once, whoever asks for them", async (place) => {
  const one = await place.open();
  const other = await place.open();
  place.worker();
  place.worker();
  const many = Array.from({ length: 500 }, (_, number) => number);
  const done = await Promise.all(
    [one, other].flatMap((jobs) => many.map((number) => place.ask(jobs, number))),
  );
  assert.deepEqual(done.map(({ answer }) => answer), [...many, ...many].map((n) => 2 * n));
  const ends = place.lines().filter((line) => line.startsWith("done"));
  assert.deepEqual([ends.length, new Set(ends).size], [500, 500]);
});
