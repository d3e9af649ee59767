/**
 * `deno task bench:fit`: measures fits on workers, and holds the model of `docs/scale.md` to them.
 *
 * @module
 */
import { useBackend } from "@mixtape/tensor-utils";
import { join } from "node:path";
import { encodeNpy } from "../bench/core/npy.ts";
import { rowsOnWorkers } from "../queue/blocks/rows_on_workers.ts";
import { simulateIteration } from "../queue/simulate_jobs.ts";
import { RedisServer } from "../queue/testing/redis_server.ts";
import { StartedTask } from "../queue/testing/start_task.ts";
import { type Constants, measureConstants, queueOverhead } from "./bench_fit/constants.ts";
import { type Bench, fitTo, type Kind, middleSpan, rowsOf } from "./bench_fit/timed_fit.ts";
import { print, readFlags, readInteger, run } from "./command_line.ts";

const help =
  `Measures the constants of the model in docs/scale.md, at a Redis server that it starts (Debian:
redis-server), then fits of which workers of one thread do the passes, and prints the seconds per
iteration beside those of the model. Leave the machine alone meanwhile.

Usage: deno task bench:fit [flags]

  --rows N              Rows (default: 1000000)
  --columns N           Columns (default: 32)
  --clusters K          Clusters of k-means (default: 64)
  --components K        Components of the mixture (default: 8)
  --iterations N        Iterations of each fit (default: 6)
  --workers N           Largest number of workers, of 1, 2, 4 and so on (default: 2)
  --help                Show this text`;

/** Runs the task. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      rows: { type: "string", default: "1000000" },
      columns: { type: "string", default: "32" },
      clusters: { type: "string", default: "64" },
      components: { type: "string", default: "8" },
      iterations: { type: "string", default: "6" },
      workers: { type: "string", default: "2" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const size = (name: "rows" | "columns" | "clusters" | "components" | "workers") =>
    readInteger(values[name], `--${name}`, { min: 1 });
  const most = size("workers");
  await using server = await RedisServer.start("everysec");
  const folder = await Deno.makeTempDir();
  try {
    const bench: Bench = {
      folder,
      shape: [size("rows"), size("columns")],
      components: { "k-means": size("clusters"), "full mixture": size("components") },
      iterations: readInteger(values.iterations, "--iterations", { min: 3 }),
      server,
      signal,
    };
    await Deno.writeFile(join(folder, "x.npy"), encodeNpy(rowsOf(bench.shape)));
    await useBackend("simd", { threads: 1 });
    const overheadMs = await queueOverhead(bench);
    print(`A job among many, beside its work: ${overheadMs.toFixed(1)} ms`);
    for (const kind of ["k-means", "full mixture"] as const) {
      const constants = { ...await measureConstants(kind, bench), overheadMs };
      await holdModel(kind, constants, bench, most);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Fits on 1, 2, 4 … workers, and prints the seconds per iteration beside those of the model. */
async function holdModel(
  kind: Kind,
  constants: Constants,
  bench: Bench,
  most: number,
): Promise<void> {
  const workers: StartedTask[] = [];
  const { server, folder } = bench;
  try {
    for (let count = 1; count <= most; count *= 2) {
      while (workers.length < count) {
        const worker = new StartedTask("worker", [
          ...["--redis", `redis://127.0.0.1:${server.port}`, "--threads", "1", "--backend", "simd"],
          ...["--data-dir", folder, "--shared", join(folder, "parts")],
        ], server.password);
        workers.push(worker);
        await worker.prints(/^Waiting for jobs/m);
      }
      const measured = await timeFit(kind, bench);
      const { blocks, gathering } = simulateIteration({ ...constants, workers: count });
      const model = blocks + gathering;
      const off = 100 * (model / measured - 1);
      print(
        `${kind}, ${count} ${
          count === 1 ? "worker" : "workers"
        } on ${constants.cores} processors: ` +
          `${measured.toFixed(2)} s per iteration, by the model ${model.toFixed(2)} s, ` +
          `${off < 0 ? "−" : "+"}${Math.abs(off).toFixed(0)}%`,
      );
    }
  } finally {
    for (const worker of workers) worker.kill("SIGINT");
    await Promise.all(workers.map((worker) => worker.ended()));
  }
}

/** Returns the median seconds per iteration of a fit on the workers that are there, without the first one. */
async function timeFit(kind: Kind, bench: Bench): Promise<number> {
  const { server, folder, signal } = bench;
  const ends: number[] = [];
  await using rows = await rowsOnWorkers("x.npy", {
    ...{ address: server.address, backend: "simd", signal, onNote: () => {} },
    ...{ dataDir: folder, cacheDir: folder, sharedDir: join(folder, "parts") },
  });
  await fitTo(rows, kind, bench, () => void ends.push(performance.now() / 1000));
  return middleSpan(ends);
}

if (import.meta.main) await run(main);
