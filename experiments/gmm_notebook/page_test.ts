import assert from "node:assert/strict";
import { formatFor } from "@mixtape/report-site";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { gridText } from "../grid_text.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { GmmNotebookResult } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const spreadOf = (mean: number, standardDeviation: number) => ({ mean, standardDeviation });
/** The densest, the most accurate and the sharpest mixture are three. */
const result: GmmNotebookResult = {
  ...example,
  payload: {
    ...example.payload,
    recipes: [[186.9, 0.51], [190, 0.42]].map(([successes, aucAsPublished], at) => ({
      ...example.payload.recipes[at],
      testAccuracy: { ...example.payload.recipes[at].testAccuracy, value: successes / 200 },
      aucAsPublished,
    })),
    byComponents: [
      {
        components: 1,
        inDistribution: spreadOf(3.11, 10.12),
        outOfDistribution: spreadOf(-4.13, 14.14),
        accuracyAtMedian: 0.415,
        aucAsPublished: 0.616,
        aucCorrected: 0.384,
      },
      {
        components: 2,
        inDistribution: spreadOf(7.21, 10.22),
        outOfDistribution: spreadOf(-4.23, 14.24),
        accuracyAtMedian: 0.425,
        aucAsPublished: 0.526,
        aucCorrected: 0.474,
      },
      {
        components: 5,
        inDistribution: spreadOf(5.31, 10.32),
        outOfDistribution: spreadOf(-4.33, 14.34),
        accuracyAtMedian: 0.437,
        aucAsPublished: 0.436,
        aucCorrected: 0.564,
      },
    ],
  },
};

Deno.test("the page on the notebook has each number of a mixture under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("auc"), {
    "Components": ["1", "2", "5"],
    "ID mean": ["3.11", "7.21", "5.31"],
    "ID deviation": ["10.12", "10.22", "10.32"],
    "OOD mean": ["−4.13", "−4.23", "−4.33"],
    "OOD deviation": ["14.14", "14.24", "14.34"],
    "Accuracy at median": ["0.415", "0.425", "0.437"],
    "AUC as published": ["0.616", "0.526", "0.436"],
    "AUC corrected": ["0.384", "0.474", "0.564"],
  });
  assert.deepEqual(tables.get("log-density"), {
    "Components": ["1", "2", "5"],
    "ID mean": ["3.11", "7.21", "5.31"],
    "OOD mean": ["−4.13", "−4.23", "−4.33"],
  });
});

Deno.test("the page on the notebook has the recipes that were tried below its numbers", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("notebook-recipes"), {
    "Recipe": [
      "Notebook",
      "pixels from 0 to 1 and weight decay 0.01",
      "pixels of mean 0 and deviation 1 and weight decay 0.01",
    ],
    "Accuracy": ["96.72%", "93.45%", "95.00%"],
    "95% interval": ["—", "90.00–95.00%", "92.00–97.00%"],
    "AUC": ["0.40", "0.510", "0.420"],
  });
});

Deno.test("the page on the notebook compares its numbers with those of the best mixtures", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("notebook-comparison"), {
    "Quantity": [
      "Accuracy of the classifier",
      "Components with the highest mean log-density of digits",
      "Log-density of in-distribution images there",
      "Log-density of out-of-distribution images there",
      "Best accuracy at the median",
      "Best AUC as published",
    ],
    "Notebook": [
      "96.72%",
      "20",
      "5.20 ± 10.72",
      "−14.39 ± 13.58",
      "0.46, at 1 component",
      "0.40, at 1 component",
    ],
    "Here": [
      "93.45%",
      "2",
      "7.21 ± 10.22",
      "−4.23 ± 14.24",
      "0.44, at 5 components",
      "0.62, at 1 component",
    ],
  });
});

Deno.test("gridText() writes the numbers that were tried as a span only where none is left out", () => {
  const grids: readonly (readonly [numbers: number[], en: string, pt: string])[] = [
    [Array.from({ length: 20 }, (_, at) => at + 1), "1 to 20", "de 1 a 20"],
    [[1, 2, 5, 10], "1, 2, 5, and 10", "1, 2, 5 e 10"],
    [[1, 3, 4], "1, 3, and 4", "1, 3 e 4"],
    [[2, 3, 4], "2 to 4", "de 2 a 4"],
    [[4, 5], "4 and 5", "4 e 5"],
    [[7], "7", "7"],
  ];
  for (const [numbers, en, pt] of grids) {
    assert.equal(gridText(numbers, words.span, formatFor("en")), en);
    assert.equal(gridText(numbers, portuguese.span, formatFor("pt-BR")), pt);
  }
});
