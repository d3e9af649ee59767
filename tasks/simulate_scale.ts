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
  gatheredPerSecond: 100e6,
  overheadMs: 10,
} as const;

const fits: readonly Pick<SimulatedFit, "kind" | "components" | "rowsPerSecond">[] = [
  { kind: "k-means", components: 100, rowsPerSecond: 200_000 },
  { kind: "full mixture", components: 16, rowsPerSecond: 20_000 },
];

if (import.meta.main) {
  await run(() => {
    print("| fit | rows / block | workers | blocks, s | gathering, s | answer, MB |");
    print("| --- | --- | --- | --- | --- | --- |");
    for (const fit of fits) {
      for (const blockRows of [2 ** 14, 2 ** 20]) {
        for (const workers of [1, 10, 100]) {
          const { blocks, gathering, answerBytes } = simulateIteration({
            ...machines,
            ...fit,
            blockRows,
            workers,
            cores: workers,
          });
          const cells = [blocks.toFixed(0), gathering.toFixed(1), (answerBytes / 1e6).toFixed(2)];
          print(
            `| ${fit.kind}, K = ${fit.components} | ${blockRows} | ${workers} | ${
              cells.join(" | ")
            } |`,
          );
        }
      }
    }
    return Promise.resolve();
  });
}
