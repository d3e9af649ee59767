import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { KMeansMissingResult, MissingFit, MissingRun } from "./result.ts";

const [template] = example.payload.runs;

/** A run of which every number differs by `shift` from that of another run. */
function runOf(change: Partial<MissingRun>, shift: number): MissingRun {
  const fit: MissingFit = {
    nmi: 0.511 + shift,
    ari: 0.422 + shift,
    nmiToComplete: 0.633 + shift,
    ariToComplete: 0.744 + shift,
    centroidError: 12 + 100 * shift,
    iterations: 21 + 100 * shift,
    converged: true,
    elapsedMs: 1500 + 1000 * shift,
  };
  return { ...template, completeRows: 300 + 100 * shift, fit, failure: null, ...change };
}

const result: KMeansMissingResult = {
  ...example,
  payload: {
    ...example.payload,
    rates: [0.2, 0.7],
    methods: ["k-pod", "complete-rows"],
    runs: [
      runOf({ rate: 0.2, method: "k-pod", seed: 7 }, 0),
      runOf({ rate: 0.2, method: "k-pod", seed: 9 }, 0.02),
      runOf({ rate: 0.2, method: "k-pod", seed: 10 }, 0.2),
      runOf({ rate: 0.7, method: "k-pod", seed: 7 }, 0.05),
      runOf({ rate: 0.2, method: "complete-rows", seed: 7 }, 0.1),
      runOf(
        { rate: 0.7, method: "complete-rows", seed: 7, fit: null, failure: "no-complete-rows" },
        0,
      ),
    ],
  },
};
Deno.test("the page on missing pixels has each number of a run under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("all-runs"), {
    "Method": ["k-POD", "k-POD", "k-POD", "k-POD", "complete rows", "complete rows"],
    "Missing": ["20%", "20%", "20%", "70%", "20%", "70%"],
    "Seed": ["7", "9", "10", "7", "7", "7"],
    "Complete images": ["300", "302", "320", "305", "310", "300"],
    "NMI": ["0.511", "0.531", "0.711", "0.561", "0.611", "—"],
    "ARI": ["0.422", "0.442", "0.622", "0.472", "0.522", "—"],
    "NMI with complete data": ["0.633", "0.653", "0.833", "0.683", "0.733", "—"],
    "ARI with complete data": ["0.744", "0.764", "0.944", "0.794", "0.844", "—"],
    "Centroid error": ["12.0", "14.0", "32.0", "17.0", "22.0", "—"],
    "Iterations": ["21", "23", "41", "26", "31", "—"],
    "Seconds": ["1.500", "1.520", "1.700", "1.550", "1.600", "—"],
    "Failed because": ["—", "—", "—", "—", "—", "no image is complete"],
  });
});

Deno.test("the page on missing pixels has the mean of the seeds by rate and method, and the median of what it costs", () => {
  const tables = readTables(experiment.pages[0], result);
  const shown = (name: string) => tables.get(name);
  const rates = { "Missing": ["20%", "70%"] };
  assert.deepEqual(shown("agreement"), {
    ...rates,
    "k-POD": ["0.82", "0.79"],
    "complete rows": ["0.84", "—"],
  });
  assert.deepEqual(shown("nmi"), {
    ...rates,
    "k-POD": ["0.58", "0.56"],
    "complete rows": ["0.61", "—"],
  });
  assert.deepEqual(shown("centroid-error"), {
    ...rates,
    "k-POD": ["19", "17"],
    "complete rows": ["22", "—"],
  });
  // Not the means, 28.3 and 1.57, which one slow run moves.
  assert.deepEqual(shown("iterations"), {
    ...rates,
    "k-POD": ["23", "26"],
    "complete rows": ["31", "—"],
  });
  assert.deepEqual(shown("time"), {
    ...rates,
    "k-POD": ["1.5", "1.6"],
    "complete rows": ["1.6", "—"],
  });
});
