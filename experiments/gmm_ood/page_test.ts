import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { DecayOutcome, GmmOodResult, MixtureRow } from "./result.ts";

const [template] = example.payload.byWeightDecay;

/** A mixture of which each number is a digit away from that of another one. */
function mixtureOf(components: number, shift: number): MixtureRow {
  return {
    ...template.byComponents[0],
    components,
    bic: 12345 + 1000 * shift,
    heldOutLogDensity: -20.111 - shift,
    separation: {
      auroc: 0.911 - shift,
      aurocInterval: null,
      auprIn: 0.822 - shift,
      auprOut: 0.733 - shift,
      fprAtIdTpr95: 0.244 + shift,
    },
    iterations: 31 + 100 * shift,
    converged: shift < 0.1,
    elapsedMs: 1550 + 1000 * shift,
  };
}

function outcomeOf(weightDecay: number, shift: number): DecayOutcome {
  return {
    ...template,
    weightDecay,
    testAccuracy: { ...template.testAccuracy, value: 0.9876 - shift },
    effectiveRank: 17.3 - 10 * shift,
    softmax: { ...template.softmax, auroc: 0.755 - shift },
    byComponents: [1, 2, 5].map((components, at) => mixtureOf(components, shift + 0.01 * at)),
    chosen: { byBic: 2, byHeldOut: 5, oracle: 1 },
  };
}

const result: GmmOodResult = {
  ...example,
  payload: { ...example.payload, byWeightDecay: [outcomeOf(0, 0), outcomeOf(0.01, 0.2)] },
};

Deno.test("the page on mixtures has each number of a mixture under its heading", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("auroc"), {
    "Weight decay": ["0", "0", "0", "0.01", "0.01", "0.01"],
    "Components": ["1", "2", "5", "1", "2", "5"],
    "AUROC": ["0.911", "0.901", "0.891", "0.711", "0.701", "0.691"],
    "AUPR in": ["0.822", "0.812", "0.802", "0.622", "0.612", "0.602"],
    "AUPR out": ["0.733", "0.723", "0.713", "0.533", "0.523", "0.513"],
    "FPR95": ["24.4%", "25.4%", "26.4%", "44.4%", "45.4%", "46.4%"],
    "BIC": ["12,345", "12,355", "12,365", "12,545", "12,555", "12,565"],
    "Held-out log-density": ["−20.111", "−20.121", "−20.131", "−20.311", "−20.321", "−20.331"],
    "EM iterations": ["31", "32", "33", "51", "52", "53"],
    "Converged": ["yes", "yes", "yes", "no", "no", "no"],
    "Seconds": ["1.55", "1.56", "1.57", "1.75", "1.76", "1.77"],
  });
});

Deno.test("the page on mixtures has what each way of choosing gets under its heading", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("mixtures-choice"), {
    "Weight decay": ["0", "0.01"],
    "Accuracy": ["98.8%", "78.8%"],
    "Effective rank": ["17.3", "15.3"],
    "By BIC": ["2", "2"],
    "AUROC by BIC": ["0.901", "0.701"],
    "By held-out": ["5", "5"],
    "AUROC by held-out": ["0.891", "0.691"],
    "Oracle": ["1", "1"],
    "AUROC of oracle": ["0.911", "0.711"],
    "Softmax AUROC": ["0.755", "0.555"],
  });
});

Deno.test("the page on mixtures has AUROC, FPR95, BIC and held-out density by components and decay", () => {
  const tables = readTables(experiment.pages[0], result);
  const components = { "Components": ["1", "2", "5"] };
  const shown = (name: string) => tables.get(name);
  const expected = (first: readonly string[], second: readonly string[]) => ({
    ...components,
    "decay 0": first,
    "decay 0.01": second,
  });
  assert.deepEqual(
    shown("sweep"),
    expected(["0.911", "0.901", "0.891"], ["0.711", "0.701", "0.691"]),
  );
  assert.deepEqual(
    shown("fpr95"),
    expected(["24.4%", "25.4%", "26.4%"], ["44.4%", "45.4%", "46.4%"]),
  );
  assert.deepEqual(
    shown("bic"),
    expected(["12,345", "12,355", "12,365"], ["12,545", "12,555", "12,565"]),
  );
  assert.deepEqual(
    shown("held-out"),
    expected(["−20.111", "−20.121", "−20.131"], ["−20.311", "−20.321", "−20.331"]),
  );
});

Deno.test("the page on mixtures has the scores and the thresholds of the mixture that BIC chose", () => {
  const [outcome] = result.payload.byWeightDecay;
  const byComponents = outcome.byComponents.map((row): MixtureRow => ({
    ...row,
    scores: {
      low: -4 - row.components,
      high: 2 + row.components,
      inDistribution: { below: 1, counts: [20 + row.components, 30], above: 4 },
      outOfDistribution: { below: 50, counts: [6, 7], above: 80 + row.components },
      roc: { outAccepted: [0, 10 + row.components, 150], inAccepted: [0, 100, 200] },
    },
  }));
  const softmaxRoc = { outAccepted: [0, 60, 150], inAccepted: [0, 180, 200] };
  const tables = readTables(experiment.pages[0], {
    ...result,
    payload: {
      rows: { fitted: 360, heldOut: 40, inDistribution: 200, outOfDistribution: 150 },
      byWeightDecay: [{ ...outcome, byComponents, softmaxRoc }],
    },
  });
  assert.deepEqual(tables.get("scores-0"), {
    "From": ["—", "−6.0", "−1.0", "4.0"],
    "To": ["−6.0", "−1.0", "4.0", "—"],
    "In-distribution": ["1", "22", "30", "4"],
    "Out-of-distribution": ["50", "6", "7", "82"],
  });
  const accepted = {
    "out-of-distribution accepted": ["0.00%", "8.00%", "100.00%", "0.00%", "40.00%", "100.00%"],
    "in-distribution accepted": ["0.00%", "50.00%", "100.00%", "0.00%", "90.00%", "100.00%"],
  };
  assert.deepEqual(tables.get("roc-0"), {
    "Score": [...Array(3).fill("mixture"), ...Array(3).fill("softmax")],
    ...accepted,
  });
  assert.deepEqual(tables.get("roc"), {
    "Weight decay": [...Array(3).fill("0"), ...Array(3).fill("softmax")],
    ...accepted,
  });
  assert.deepEqual(tables.get("mixtures-decay-0"), {
    "Components": ["1", "2", "5"],
    "AUROC": ["0.911", "0.901", "0.891"],
    "FPR95": ["24.4%", "25.4%", "26.4%"],
    "BIC": ["12,345", "12,355", "12,365"],
    "Held-out log-density": ["−20.111", "−20.121", "−20.131"],
    "Chosen": ["Oracle", "By BIC", "By held-out"],
  });
});
