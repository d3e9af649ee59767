/** Compares the model of jobs on workers with workers: jobs that wait, so that the cores of the machine do not matter. */
import assert from "node:assert/strict";
import { Jobs } from "./ask_jobs.ts";
import { simulateJobs } from "./simulate_jobs.ts";
import { RedisServer } from "./testing/redis_server.ts";
import { ToyWorker } from "./testing/start_toy_worker.ts";

const isInstalled = await RedisServer.isInstalled();
const jobsMs = Array.from({ length: 24 }, (_, i) => 150 + 37 * (i % 7) + 211 * (i % 3));

for (const count of [1, 2, 4]) {
  Deno.test({
    name: `simulateJobs() comes within a fifth of ${count} workers`,
    ignore: !isInstalled,
    // Connections close in their own time.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await using server = await RedisServer.start("everysec");
      await using jobs = await Jobs.open({
        address: server.address,
        version: { code: "this", backend: "cpu" },
        signal: new AbortController().signal,
        onNote: () => {},
      });
      const ask = (name: string, sleep: number) =>
        jobs.do({ name, title: name, question: { number: 1, sleep } });
      const workers = Array.from({ length: count }, () => new ToyWorker(server));
      try {
        // All workers are there once each of them has done a job that keeps it from another.
        const there = new Set<string>();
        for (let round = 0; there.size < count; round++) {
          const asked = workers.map((_, i) => ask(`first-${round}-${i}`, 300));
          for (const { worker } of await Promise.all(asked)) there.add(worker);
        }
        const begin = performance.now();
        for (let i = 0; i < 20; i++) await ask(`alone-${i}`, 0);
        const overheadMs = (performance.now() - begin) / 20;
        const start = performance.now();
        await Promise.all(jobsMs.map((sleep, i) => ask(`job-${i}`, sleep)));
        const measured = performance.now() - start;
        const ratio = measured / simulateJobs({ jobsMs, workers: count, overheadMs });
        assert(ratio > 0.8 && ratio < 1.2, `${measured} ms, ${ratio} times the model`);
      } finally {
        await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
      }
    },
  });
}
