/**
 * Prints the table of `docs/scale.md`: `deno run tasks/simulate_scale.ts`.
 *
 * @module
 */
import { type SimulatedFit, simulateIteration } from "../queue/simulate_jobs.ts";
import { print, run } from "./command_line.ts";

/** Constants of docs/scale.md. */
const machines = {
  rows: 1e9,
  columns: 128,
  bytesPerSecond: 200e6,
  worker: { ms: 1.3, bytesPerSecond: 100e6 },
  run: { ms: 1.4, bytesPerSecond: 100e6 },
  betweenMs: 10,
} as const;

const fits: readonly Pick<SimulatedFit, "kind" | "components" | "rowsPerSecond">[] = [
  { kind: "k-means", components: 100, rowsPerSecond: 200_000 },
  { kind: "full mixture", components: 16, rowsPerSecond: 20_000 },
];

if (import.meta.main) {
  await run(() => {
    print("| fit | rows / block | workers | their work, s | gathering, s | iteration, s |");
    print("| --- | --- | --- | --- | --- | --- |");
    for (const fit of fits) {
      for (const blockRows of [2 ** 14, 2 ** 20]) {
        for (const workers of [1, 10, 100]) {
          const simulated = simulateIteration({
            ...{ ...machines, ...fit, blockRows, workers },
            // Each worker, the run and the server have one of their own.
            cores: workers + 2,
            rowsPerSecondTogether: fit.rowsPerSecond,
          });
          const cells = [
            ...[`${fit.kind}, K = ${fit.components}`, blockRows, workers],
            ...[simulated.workers.toFixed(0), simulated.run.toFixed(1)],
            simulated.seconds.toFixed(0),
          ];
          print(`| ${cells.join(" | ")} |`);
        }
      }
    }
    return Promise.resolve();
  });
}
