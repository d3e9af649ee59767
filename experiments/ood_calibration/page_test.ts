import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { OodCalibrationResult } from "./result.ts";

const spreadOf = (mean: number, standardDeviation: number) => ({ mean, standardDeviation });
const result: OodCalibrationResult = {
  ...example,
  payload: {
    ...example.payload,
    tpr: [
      { detector: "msp", wanted: 0.9, achieved: [0.8], spread: spreadOf(0.9123, 0.0123) },
      { detector: "vim", wanted: 0.9, achieved: [0.8], spread: spreadOf(0.8912, 0.0345) },
      { detector: "vim", wanted: 0.95, achieved: [0.8], spread: spreadOf(0.9456, 0.0456) },
    ],
    pValues: [
      { detector: "msp", counts: [3, 4, 5], kolmogorovSmirnov: 0.1234, critical: 0.2345 },
      { detector: "vim", counts: [6, 7, 8], kolmogorovSmirnov: 0.3456, critical: 0.4567 },
    ],
    discoveries: [
      {
        detector: "msp",
        oodShare: 0.1,
        wanted: 0.05,
        falseDiscoveryRate: spreadOf(0.0411, 0.0022),
        power: spreadOf(0.6133, 0.0044),
      },
      {
        detector: "vim",
        oodShare: 0.5,
        wanted: 0.2,
        falseDiscoveryRate: spreadOf(0.1754, 0.0166),
        power: spreadOf(0.7277, 0.0188),
      },
    ],
  },
};
Deno.test("the page on calibration has each number of a threshold under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("thresholds-0-9"), {
    "Detector": ["msp", "vim"],
    "Wanted": ["90.00%", "90.00%"],
    "Mean": ["91.23%", "89.12%"],
    "Deviation": ["1.23%", "3.45%"],
  });
  assert.deepEqual(tables.get("thresholds-0-95"), {
    "Detector": ["vim"],
    "Wanted": ["95.00%"],
    "Mean": ["94.56%"],
    "Deviation": ["4.56%"],
  });
});

Deno.test("the page on calibration has each number of p-values and discoveries under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("p-values"), {
    "Detector": ["msp", "vim"],
    "Rows": ["12", "21"],
    "KS distance": ["0.1234", "0.3456"],
    "Critical": ["0.2345", "0.4567"],
  });
  assert.deepEqual(tables.get("discoveries-0-1"), {
    "Detector": ["msp"],
    "Wanted": ["5.0%"],
    "FDR": ["4.1%"],
    "Deviation": ["0.2%"],
    "Power": ["61.3%"],
  });
  assert.deepEqual(tables.get("discoveries-0-5"), {
    "Detector": ["vim"],
    "Wanted": ["20.0%"],
    "FDR": ["17.5%"],
    "Deviation": ["1.7%"],
    "Power": ["72.8%"],
  });
});
