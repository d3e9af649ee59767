/** The processor as a peer: the time of a matrix product at its peak rate. */
import { measureClock } from "./peak/rates.ts";
import { serve } from "./serve.ts";

const cores = 2;
const operationsPerCycle = 4 * 2 * 2;

const workers = Array.from(
  { length: cores },
  () => new Worker(import.meta.resolve("./peak/rate_worker.ts"), { type: "module" }),
);

await serve({ cores: String(cores) }, {
  "product-at-peak": ({ n }: { n: number }) => {
    const clock = measureClock();
    const seconds = 2 * n ** 3 / (cores * operationsPerCycle * clock);
    return { seconds, details: { clockGigahertz: clock / 1e9 } };
  },
  "product-in-registers": async ({ n }: { n: number }) => {
    const rates = await Promise.all(workers.map(measure));
    const total = rates.reduce((a, b) => a + b, 0);
    return { seconds: 2 * n ** 3 / total, details: { gigaoperationsPerSecond: total / 1e9 } };
  },
});

for (const worker of workers) worker.terminate();

function measure(worker: Worker): Promise<number> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(null);
  });
}
