import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { CollapseMixture, OodCollapseResult } from "./result.ts";

const [template] = example.payload.byWeightDecay;

function mixtureOf(
  normalization: "none" | "l2",
  components: number,
  auroc: number | null,
): CollapseMixture {
  const separation = auroc === null ? null : { ...template.mixtures[0].separation!, auroc };
  return { normalization, components, separation, bic: 1 };
}

const result: OodCollapseResult = {
  ...example,
  payload: {
    ...example.payload,
    byWeightDecay: [
      {
        weightDecay: 0,
        testAccuracy: { ...template.testAccuracy, value: 0.9765 },
        effectiveRank: 17.3,
        spectrum: [0.6, 0.3, 0.1],
        withinOverBetween: 0.811,
        meanLengthVariation: 0.122,
        angleVariation: 0.233,
        meanNorm: { inDistribution: 12.1, outOfDistribution: 9.87 },
        mixtures: [
          mixtureOf("none", 1, 0.911),
          mixtureOf("none", 5, 0.922),
          mixtureOf("l2", 1, 0.933),
          mixtureOf("l2", 5, 0.944),
        ],
      },
      {
        weightDecay: 0.01,
        testAccuracy: { ...template.testAccuracy, value: 0.9321 },
        effectiveRank: 6.4,
        spectrum: [0.8, 0.15, 0.05],
        withinOverBetween: 0.344,
        meanLengthVariation: 0.455,
        angleVariation: 0.566,
        meanNorm: { inDistribution: 8.76, outOfDistribution: 6.54 },
        mixtures: [
          mixtureOf("none", 1, 0.511),
          mixtureOf("none", 5, null),
          mixtureOf("l2", 1, 0.633),
          mixtureOf("l2", 5, 0.644),
        ],
      },
    ],
  },
};
Deno.test("the page on collapse has each measure of a network under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("collapse-measures"), {
    "Weight decay": ["0", "0.01"],
    "Accuracy": ["97.7%", "93.2%"],
    "Effective rank": ["17.3", "6.4"],
    "Within over between": ["0.811", "0.344"],
    "Variation of lengths": ["0.122", "0.455"],
    "Variation of angles": ["0.233", "0.566"],
    "Mean length, ID": ["12.1", "8.76"],
    "Mean length, OOD": ["9.87", "6.54"],
  });
});

Deno.test("the page on collapse has spectra, and the AUROC of each scaling, by weight decay", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("spectrum"), {
    "direction": ["1", "2", "3"],
    "decay 0": ["0.600", "0.300", "0.100"],
    "decay 0.01": ["0.800", "0.150", "0.0500"],
  });
  assert.deepEqual(tables.get("auroc-none"), {
    "components": ["1", "5"],
    "decay 0": ["0.911", "0.922"],
    "decay 0.01": ["0.511", "—"],
  });
  assert.deepEqual(tables.get("auroc-l2"), {
    "components": ["1", "5"],
    "decay 0": ["0.933", "0.944"],
    "decay 0.01": ["0.633", "0.644"],
  });
});
