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
import { type JobCosts, measureJobCosts } from "./bench_fit/job_costs.ts";
import { type Bench, fitTo, type Kind, median, middleSpan, rowsOf } from "./bench_fit/timed_fit.ts";
import { measureWork, type WorkRate } from "./bench_fit/work_rate.ts";
import { print, readFlags, readInteger, run } from "./command_line.ts";

const help =
  `Measures the constants of the model in docs/scale.md, at a Redis server that it starts (Debian:
redis-server), then fits of which workers of one thread do the passes, and prints the seconds per
iteration beside those of the model. Rates and fits are measured in turn, several times, and the medians
count: the clock of a machine may change. Leave it alone meanwhile.

Usage: deno task bench:fit [flags]

  --rows N              Rows (default: 1000000)
  --columns N           Columns (default: 32)
  --clusters K          Clusters of k-means (default: 64)
  --components K        Components of the mixture (default: 8)
  --iterations N        Iterations of each fit (default: 6)
  --workers N           Largest number of workers, of 1, 2, 4 and so on (default: 2)
  --rounds N            Number of times that all is measured (default: 3)
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
      rounds: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const size = (name: "rows" | "columns" | "clusters" | "components" | "workers" | "rounds") =>
    readInteger(values[name], `--${name}`, { min: 1 });
  const [most, rounds] = [size("workers"), size("rounds")];
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
    const kinds = ["k-means", "full mixture"] as const;
    const all = new Map<Kind, WorkRate[]>();
    const workers = new Workers(bench);
    try {
      await workers.are(1);
      const costs = await measureJobCosts(bench);
      printCosts(costs);
      print("| fit | workers | measured, s | model, s | off |");
      print("| --- | --- | --- | --- | --- |");
      for (let count = 1; count <= most; count *= 2) {
        await workers.are(count);
        for (const kind of kinds) {
          const rates: WorkRate[] = [];
          const times: number[] = [];
          for (let round = 0; round < rounds; round++) {
            rates.push(await measureWork(kind, bench));
            times.push(await timeFit(kind, bench));
          }
          const rate = middleRate(rates);
          all.set(kind, [...all.get(kind) ?? [], ...rates]);
          const measured = median(times);
          const { seconds } = simulateIteration({
            ...{ ...rate, ...costs, kind, workers: count },
            ...{
              rows: bench.shape[0],
              columns: bench.shape[1],
              components: bench.components[kind],
            },
          });
          const off = 100 * (seconds / measured - 1);
          const cells = [
            `${kind}, K = ${bench.components[kind]}`,
            ...[count, measured.toFixed(2), seconds.toFixed(2)],
            `${off < 0 ? "−" : "+"}${Math.abs(off).toFixed(0)}%`,
          ];
          print(`| ${cells.join(" | ")} |`);
        }
      }
      for (const [kind, rates] of all) printRate(kind, middleRate(rates));
    } finally {
      await workers.end();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns the median of each rate. */
function middleRate(rates: readonly WorkRate[]): WorkRate {
  const middle = (of: keyof WorkRate) => median(rates.map((rate) => rate[of]));
  return {
    ...rates[0],
    rowsPerSecond: middle("rowsPerSecond"),
    rowsPerSecondTogether: middle("rowsPerSecondTogether"),
    bytesPerSecond: middle("bytesPerSecond"),
  };
}

const megabytes = (bytesPerSecond: number) => `${(bytesPerSecond / 1e6).toFixed(0)} MB/s`;

function printRate(kind: Kind, rate: WorkRate) {
  const ms = (rowsPerSecond: number) => `${(1000 * rate.blockRows / rowsPerSecond).toFixed(1)} ms`;
  print(
    `${kind}: ${ms(rate.rowsPerSecond)} per block of ${rate.blockRows} rows, ` +
      `${ms(rate.rowsPerSecondTogether)} while all ${rate.cores} processors compute; ` +
      `read at ${megabytes(rate.bytesPerSecond)}`,
  );
}

function printCosts({ worker, run, betweenMs }: JobCosts) {
  const cost = ({ ms, bytesPerSecond }: { ms: number; bytesPerSecond: number }) =>
    `${ms.toFixed(2)} ms, its answer at ${megabytes(bytesPerSecond)}`;
  print(`A job beside its work: ${cost(worker)}`);
  print(`A job in run and server: ${cost(run)}`);
  print(`Between passes: ${betweenMs.toFixed(1)} ms`);
}

/** Workers of one thread. */
class Workers {
  readonly #bench: Bench;
  readonly #workers: StartedTask[] = [];

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Starts so many that there are some number of them. */
  async are(count: number): Promise<void> {
    const { server, folder } = this.#bench;
    while (this.#workers.length < count) {
      const worker = new StartedTask("worker", [
        ...["--redis", `redis://127.0.0.1:${server.port}`, "--threads", "1", "--backend", "simd"],
        ...["--data-dir", folder, "--shared", join(folder, "parts")],
      ], server.password);
      this.#workers.push(worker);
      await worker.prints(/^Waiting for jobs/m);
    }
  }

  /** Stops them. */
  async end(): Promise<void> {
    for (const worker of this.#workers) worker.kill("SIGINT");
    await Promise.all(this.#workers.map((worker) => worker.ended()));
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
