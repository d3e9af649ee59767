/**
 * A worker of toy jobs, for the tests of the queue: `deno run toy_worker.ts PORT PASSWORD LEASE CODE`. A job says what
 * to do: `sleep` that long, then append its number to the file `log`, and answer twice its number.
 *
 * @module
 */
import { hostname } from "node:os";
import { serveJobs } from "../serve_jobs.ts";

const [port, password, lease, code] = Deno.args;
const controller = new AbortController();
Deno.addSignalListener("SIGINT", () => controller.abort());

/** The question of a toy job. */
export interface ToyQuestion {
  readonly number: number;
  /** Milliseconds. */
  readonly sleep?: number;
  /** File to which a line is appended when the job is begun, and one when it is done. */
  readonly log?: string;
  /** True to go on when nobody wants the job any more, and to put down a parcel named after it. */
  readonly deaf?: boolean;
  /** True to fail. */
  readonly poison?: boolean;
  /** True to answer the memory of the worker, in bytes. */
  readonly rss?: boolean;
}

if (import.meta.main) {
  await serveJobs({
    address: { host: "127.0.0.1", port: Number(port), database: 0, password, tls: false },
    worker: { name: `${hostname()}:${Deno.pid}`, code, backend: "cpu" },
    concurrency: 1,
    leaseSeconds: Number(lease),
    signal: controller.signal,
    // deno-lint-ignore no-console -- the output of a program
    onNote: (line) => console.log(line),
    async run(question, { name, parcels, signal }) {
      const { number, sleep = 0, log, deaf, poison, rss } = question as unknown as ToyQuestion;
      if (log) await Deno.writeTextFile(log, `begun ${number}\n`, { append: true });
      if (sleep > 0) {
        await new Promise<void>((end, fail) => {
          const timer = setTimeout(end, sleep);
          signal.addEventListener("abort", () => {
            if (deaf) return;
            clearTimeout(timer);
            fail(signal.reason);
          });
        });
      }
      if (deaf) await parcels.put(name, Uint8Array.of(number));
      if (poison) throw new RangeError(`${number} is poisoned`);
      if (log) await Deno.writeTextFile(log, `done ${number}\n`, { append: true });
      return rss ? Deno.memoryUsage().rss : 2 * number;
    },
  }).catch((error) => {
    if (!controller.signal.aborted) throw error;
    Deno.exit(130);
  });
}
