import { languages } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { Typesetter } from "../../apps/report-site/math/typesetter.ts";
import { renderPage } from "../../apps/report-site/render.tsx";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import { words } from "./words/en.ts";
import type { LeaderboardScore, OodDetectorsResult } from "./result.ts";

function scoreOf(
  detector: string,
  set: LeaderboardScore["set"],
  seed: number,
  shift: number,
): LeaderboardScore {
  return {
    classifier: "reference",
    seed,
    detector,
    set,
    separation: {
      auroc: 0.911 - shift,
      aurocInterval: { low: 0.888 - shift, high: 0.934 - shift, level: 0.95 },
      auprIn: 0.822 - shift,
      auprOut: 0.733 - shift,
      fprAtIdTpr95: 0.244 + shift,
    },
    achievedTpr: 0.956 - shift,
    oodAccepted: 0.367 + shift,
    oodAboveMedian: 0.178 + shift,
  };
}

const result: OodDetectorsResult = {
  ...example,
  payload: {
    ...example.payload,
    classifiers: example.payload.classifiers.slice(0, 1),
    sets: example.payload.sets.slice(0, 2),
    detectors: example.payload.detectors.slice(1),
    seeds: [7, 8],
    scores: [
      scoreOf("msp", "other-data-set", 7, 0.1),
      scoreOf("msp", "other-data-set", 8, 0.12),
      scoreOf("msp", "rotated", 7, 0.2),
      scoreOf("gmm++", "other-data-set", 7, 0),
      scoreOf("gmm++", "rotated", 7, 0.3),
    ],
    comparisons: [
      {
        classifier: "reference",
        set: "other-data-set",
        best: "gmm++",
        other: "msp",
        difference: 0.1234,
        pValue: 0,
        significant: true,
      },
      {
        classifier: "reference",
        set: "rotated",
        best: "msp",
        other: "gmm++",
        difference: 0.2345,
        pValue: 0.67,
        significant: false,
      },
    ],
    lengths: [
      { classifier: "reference", set: "rotated", ratio: 1.234 },
      { classifier: "best", set: "other-data-set", ratio: 3.2 },
    ],
    fits: [
      { classifier: "reference", detector: "msp", notes: ["a", "b"], fitMs: 12.3, scoreMs: 4.56 },
    ],
  },
};

Deno.test("the page on detectors has each number of a score under its heading", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("scores"), {
    "Detector": ["msp", "msp", "msp", "gmm++", "gmm++"],
    "Set": ["other data set", "other data set", "rotated", "other data set", "rotated"],
    "Network": Array(5).fill("reference network"),
    "Seed": ["7", "8", "7", "7", "7"],
    "AUROC": ["0.811", "0.791", "0.711", "0.911", "0.611"],
    "95% from": ["0.788", "0.768", "0.688", "0.888", "0.588"],
    "95% to": ["0.834", "0.814", "0.734", "0.934", "0.634"],
    "Behind the best": ["yes", "—", "—", "—", "no"],
    "AUPR in": ["0.722", "0.702", "0.622", "0.822", "0.522"],
    "AUPR out": ["0.633", "0.613", "0.533", "0.733", "0.433"],
    "FPR95": ["34.4%", "36.4%", "44.4%", "24.4%", "54.4%"],
    "ID accepted at 95%": ["85.6%", "83.6%", "75.6%", "95.6%", "65.6%"],
    "OOD accepted at 95%": ["46.7%", "48.7%", "56.7%", "36.7%", "66.7%"],
    "OOD above the ID median": ["27.8%", "29.8%", "37.8%", "17.8%", "47.8%"],
  });
});

Deno.test("the page on detectors has the means of the seeds, near and far sets apart, the best on near ones first", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("leaderboard-reference"), {
    "Detector": ["msp", "gmm++"],
    "Mean, near": ["0.711", "0.611"],
    "Mean, far": ["0.801", "0.911"],
    "rotated": ["0.711", "0.611"],
    "other data set": ["0.801", "0.911"],
  });
  assert.deepEqual(tables.get("other-data-set-reference"), {
    "Detector": ["gmm++", "msp"],
    "AUROC": ["0.911", "0.801"],
  });
  assert.deepEqual(tables.get("detectors-lengths"), {
    "Set": ["other data set", "rotated"],
    "On the reference network": ["—", "1.23"],
  });
});

Deno.test("the page on detectors has each number of a comparison and of a fit under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("comparisons"), {
    "Other": ["msp", "gmm++"],
    "Best": ["gmm++", "msp"],
    "Set": ["other data set", "rotated"],
    "Network": ["reference network", "reference network"],
    "Difference": ["0.1234", "0.2345"],
    "p-value": ["< 10⁻³⁰⁰", "0.67"],
    "Significant": ["yes", "no"],
  });
  assert.deepEqual(tables.get("fits"), {
    "Detector": ["msp"],
    "Network": ["reference network"],
    "Fit, ms": ["12.3"],
    "Score, ms": ["4.56"],
    "Notes": ["a; b"],
  });
});

Deno.test("the page on detectors has each setting of a network under its heading", () => {
  const [network] = result.payload.classifiers;
  const training = {
    ...network.training,
    epochs: 3,
    batchSize: 32,
    learningRate: 0.002,
    weightDecay: 0.03,
    labelSmoothing: 0.1,
    affineCopies: 4,
  };
  const classifiers = [{ ...network, parameterCount: 824, training, testAccuracies: [0.94, 0.95] }];
  const c = words.networkColumns;
  const tables = readTables(experiment.pages[0], {
    ...result,
    payload: { ...result.payload, classifiers },
  });
  assert.deepEqual(tables.get("detectors-networks"), {
    [c.network]: ["reference network"],
    [c.parameters]: ["824"],
    [c.epochs]: ["3"],
    [c.batch]: ["32"],
    [c.rate]: ["0.002"],
    [c.decay]: ["0.03"],
    [c.smoothing]: ["0.1"],
    [c.copies]: ["4"],
    [c.accuracy]: ["94.50%"],
  });
});

Deno.test("the page on detectors draws each network in its own colour", () => {
  const { html } = renderPage({
    page: experiment.pages[0],
    pages: experiment.pages,
    language: languages[0],
    results: { byExperiment: { [example.experiment]: example } },
    typesetter: new Typesetter(),
  });
  for (const [network, colour] of [["reference", "1"], ["best", "3"]]) {
    const [, figure] = html.split(`<figure id="other-data-set-${network}"`);
    const drawn = figure.split("</figure>")[0].matchAll(/class="series-(\d)"/g);
    assert.deepEqual([...new Set(Array.from(drawn, ([, found]) => found))], [colour], network);
  }
});
