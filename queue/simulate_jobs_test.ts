import assert from "node:assert/strict";
import { type SimulatedFit, simulateIteration, simulateJobs } from "./simulate_jobs.ts";

Deno.test("simulateJobs() gives each job to the worker that is free first", () => {
  const run = { jobsMs: [300, 100, 100, 200], overheadMs: 10 };
  assert.equal(simulateJobs({ ...run, workers: 1 }), 740);
  // 310 on one; 110, 110 and 210 on the other.
  assert.equal(simulateJobs({ ...run, workers: 2 }), 430);
  assert.equal(simulateJobs({ ...run, workers: 9 }), 310);
});

/** Ten jobs of 0.1 s, on processors of their own and at no other cost. */
const fit: SimulatedFit = {
  rows: 1000,
  columns: 4,
  components: 3,
  kind: "full mixture",
  blockRows: 100,
  workers: 2,
  cores: 20,
  rowsPerSecond: 1000,
  rowsPerSecondTogether: 1000,
  bytesPerSecond: Infinity,
  worker: { ms: 0, bytesPerSecond: Infinity },
  run: { ms: 0, bytesPerSecond: Infinity },
  betweenMs: 0,
};

/** Seconds of an iteration, rounded. */
function secondsOf(changes: Partial<SimulatedFit>): number {
  return Number(simulateIteration({ ...fit, ...changes }).seconds.toFixed(9));
}

Deno.test("simulateIteration() has blocks take the longer of reading and computing", () => {
  assert.equal(secondsOf({}), 0.5);
  assert.equal(secondsOf({ bytesPerSecond: 8000 }), 1);
  // The last block is half a block.
  assert.equal(secondsOf({ rows: 950, workers: 1 }), 0.95);
  assert.equal(secondsOf({ betweenMs: 30 }), 0.53);
  // No more jobs than are asked for: 2,000 blocks make 1,000 jobs of two.
  assert.equal(secondsOf({ rows: 200_000, workers: 999, cores: 999 }), 0.4);
});

Deno.test("simulateIteration() has jobs and the bytes of their answers cost worker and run", () => {
  // Per component a sum of weights, 4 of values, and 10 of products.
  const { answerBytes } = simulateIteration(fit);
  assert.equal(answerBytes, 8 * 3 * 15);
  assert.equal(simulateIteration({ ...fit, kind: "k-means" }).answerBytes, 8 * 3 * 5);
  const costly = { ms: 50, bytesPerSecond: 7200 };
  assert.equal(secondsOf({ worker: costly }), 1);
  // What the run does, it does one after the other.
  assert.equal(secondsOf({ run: costly }), 1);
  assert.equal(secondsOf({ run: costly, workers: 10 }), 1);
  assert.equal(simulateIteration({ ...fit, worker: costly, workers: 10 }).workers, 0.2);
});

Deno.test("simulateIteration() shares processors among workers and the run", () => {
  assert.equal(secondsOf({ cores: 2, workers: 4 }), 0.5);
  assert.equal(secondsOf({ cores: 2, run: { ...fit.run, ms: 20 } }), 0.6);
  // Processors that all compute are slower.
  const slow = { cores: 3, rowsPerSecondTogether: 500 };
  assert.equal(secondsOf({ ...slow, workers: 1 }), 1);
  assert.equal(secondsOf({ ...slow, workers: 2 }), 0.75);
  assert.equal(secondsOf({ ...slow, rows: 900, workers: 5 }), 0.6);
});
