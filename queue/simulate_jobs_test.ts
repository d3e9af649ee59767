import assert from "node:assert/strict";
import { type SimulatedFit, simulateIteration, simulateJobs } from "./simulate_jobs.ts";

Deno.test("simulateJobs() gives each job to the worker that is free first", () => {
  const run = { jobsMs: [300, 100, 100, 200], overheadMs: 10 };
  assert.equal(simulateJobs({ ...run, workers: 1 }), 740);
  // 310 on one; 110, 110 and 210 on the other.
  assert.equal(simulateJobs({ ...run, workers: 2 }), 430);
  assert.equal(simulateJobs({ ...run, workers: 9 }), 310);
});

Deno.test("simulateIteration() has blocks take the longer of reading and computing, and gathers moments", () => {
  const fit: SimulatedFit = {
    rows: 1000,
    columns: 4,
    components: 3,
    kind: "full mixture",
    blockRows: 100,
    workers: 2,
    cores: 2,
    rowsPerSecond: 1000,
    bytesPerSecond: 1e9,
    gatheredPerSecond: 3600,
    overheadMs: 0,
  };
  const { blocks, gathering, answerBytes } = simulateIteration(fit);
  // Per component a sum of weights, 4 of values, and 10 of products.
  assert.deepEqual([answerBytes, gathering], [8 * 3 * 15, 1]);
  assert(Math.abs(blocks - 0.5) < 1e-12);
  assert(Math.abs(simulateIteration({ ...fit, bytesPerSecond: 8000 }).blocks - 1) < 1e-12);
  assert.equal(simulateIteration({ ...fit, kind: "k-means" }).answerBytes, 8 * 3 * 5);
  // Four workers on two processors are no faster than two.
  assert(Math.abs(simulateIteration({ ...fit, workers: 4 }).blocks - 0.6) < 1e-12);
  assert(Math.abs(simulateIteration({ ...fit, workers: 5 }).blocks - 0.5) < 1e-12);
});
