import assert from "node:assert/strict";
import { formatFor } from "../report-site/language/format.ts";
import { textIn } from "../report-site/language/languages.ts";
import {
  answerAccuracy,
  answerMissing,
  answerMistakes,
  answerMixtures,
  answerRecall,
  answerStarts,
} from "./answers.ts";
import { missingFacts, mixtureFacts, overlap, recallFacts, startFacts } from "./facts.ts";
import type { Values } from "./run_cells.ts";

Deno.test("startFacts() gives the ranges of the runs of each start", () => {
  const run = { seed: 0, nmi: 0, ari: 0 };
  const runs = [
    { ...run, init: "random", iterations: 9, inertia: 5, purity: 0.5 },
    { ...run, init: "class-means", iterations: 3, inertia: 4, purity: 0.9 },
    { ...run, init: "random", iterations: 4, inertia: 7, purity: 0.6 },
  ] as const;
  assert.deepEqual(startFacts({ runs: [...runs] }), [
    {
      init: "random",
      runs: 2,
      iterations: { low: 4, high: 9 },
      inertias: [5, 7],
      purity: { low: 0.5, high: 0.6 },
    },
    {
      init: "class-means",
      runs: 1,
      iterations: { low: 3, high: 3 },
      inertias: [4],
      purity: { low: 0.9, high: 0.9 },
    },
  ]);
});

Deno.test("overlap() holds for ranges that share a value, if only an end", () => {
  assert(overlap({ low: 1, high: 2 }, { low: 2, high: 3 }));
  assert(overlap({ low: 1, high: 9 }, { low: 2, high: 3 }));
  assert(!overlap({ low: 1, high: 2 }, { low: 2.1, high: 3 }));
  assert(!overlap({ low: 2.1, high: 3 }, { low: 1, high: 2 }));
});

Deno.test("recallFacts() says which classes all, no and some runs find", () => {
  const recalls = [[0.5, 0.49, 0.9], [1, 0, 0.1]].map((recall) => Float64Array.from(recall));
  const digits = { classNames: ["a", "b", "c"] } as unknown as Values["digits"];
  assert.deepEqual(recallFacts({ recalls, digits }), { found: ["a"], missed: ["b"], mixed: ["c"] });
});

Deno.test("mixtureFacts() chooses by BIC, and says where that is the edge, or as good as the best", () => {
  const mixture = (components: number, bic: number, auroc: number) => ({
    components,
    bic,
    auroc,
    standardError: 0,
    low: auroc - 0.05,
    high: auroc + 0.05,
  });
  const inside = mixtureFacts({
    mixtures: [mixture(1, 9, 0.5), mixture(2, 3, 0.7), mixture(3, 5, 0.9)],
  });
  assert.deepEqual(
    [inside.chosen.components, inside.best.components, inside.edge, inside.isAlike],
    [2, 3, null, false],
  );
  assert.deepEqual(inside.auroc, { low: 0.5, high: 0.9 });
  const atEdge = mixtureFacts({ mixtures: [mixture(1, 2, 0.72), mixture(2, 3, 0.7)] });
  assert.deepEqual([atEdge.chosen, atEdge.edge, atEdge.isAlike], [atEdge.best, "smallest", true]);
});

Deno.test("missingFacts() names a winner only where all of its runs are above all others", () => {
  const runsOf = (rate: number, method: string, ...nmis: number[]) =>
    nmis.map((nmi, seed) => ({ rate, seed, method, nmi }) as Values["missing"][number]);
  const winners = (seeds: number, gap: number) =>
    missingFacts({
      missing: [0.3, 0.6].flatMap((rate) => [
        ...runsOf(rate, "k-pod", ...Array(seeds).fill(0.4 + (rate === 0.3 ? gap : 0))),
        ...runsOf(rate, "gaussian-prior", ...Array(seeds - 1).fill(0.2), 0.4),
        ...runsOf(rate, "mean-imputation", ...Array(seeds).fill(0.1)),
      ]),
    }).map(({ winner }) => winner);
  assert.deepEqual(winners(5, 0.1), ["k-pod", null]);
  const losers = missingFacts({
    missing: [
      ...runsOf(0.3, "k-pod", 0.4, 0.5, 0.4, 0.5, 0.4),
      ...runsOf(0.3, "mean-imputation", 0.5, 0.4, 0.5, 0.4, 0.5),
      ...runsOf(0.3, "gaussian-prior", 0.1, 0.1, 0.1, 0.1, 0.39),
    ],
  });
  assert.deepEqual(losers.map(({ winner, loser, areSame }) => [winner, loser, areSame]), [
    [null, "gaussian-prior", false],
  ]);
  assert.deepEqual(winners(5, 0), [null, null]);
  // 3 runs each part by chance in 2 of 20, 4 in 2 of 70: at two shares, that is more than 5%.
  assert.deepEqual([winners(3, 0.1), winners(4, 0.1)], [[null, null], [null, null]]);
  const [facts] = missingFacts({ missing: runsOf(0.3, "k-pod", 0.5, 0.4) });
  assert.deepEqual(facts.methods, [{ method: "k-pod", nmi: { low: 0.4, high: 0.5 } }]);
  assert.deepEqual([facts.winner, facts.loser], [null, null]);
});

const telling = { text: textIn("en"), format: formatFor("en") };

Deno.test("answerStarts() prefers a start only where all of its runs end lower", () => {
  const run = { seed: 0, iterations: 1, nmi: 0, ari: 0, purity: 0.5 };
  const said = (random: readonly number[], plus: readonly number[]) =>
    answerStarts({
      runs: [
        ...random.map((inertia) => ({ ...run, init: "random" as const, inertia })),
        ...plus.map((inertia) => ({ ...run, init: "k-means++" as const, inertia })),
        { ...run, init: "class-means", inertia: 0 },
      ],
    }, telling)[3];
  const high = [9, 8, 9, 9, 9];
  const low = [7, 7, 6, 7, 5];
  assert.match(
    said(high, low),
    /^Every run from k-means\+\+ ended at a lower inertia than .* random/,
  );
  assert.match(
    said(low, high),
    /^Every run from random ended at a lower inertia than .* k-means\+\+/,
  );
  assert.match(said([...high, 7], low), /no difference in inertia is shown/);
  assert.match(said(high.slice(0, 3), low.slice(0, 3)), /no difference in inertia is shown/);
});

Deno.test("answerStarts() gives the purity of the run with the lowest inertia, in a unit that is named", () => {
  const run = { seed: 0, iterations: 1, nmi: 0, ari: 0 };
  const said = answerStarts({
    runs: [
      { ...run, init: "random", inertia: 39.246, purity: 0.7 },
      { ...run, init: "k-means++", inertia: 39.215, purity: 0.6 },
      { ...run, init: "class-means", inertia: 39.3, purity: 0.9 },
    ],
  }, telling);
  assert.match(said[0], /per image and with pixels from 0 to 1/);
  assert.match(said[1], /random \(runs: 1\): iterations 1, inertia 39\.246, purity 0\.700/);
  assert.match(said[2], /^In the run with the lowest inertia, 60\.0% of the images/);
});

Deno.test("answerRecall() leaves out what holds for no class", () => {
  const said = (...recalls: number[][]) =>
    answerRecall({
      recalls: recalls.map((recall) => Float64Array.from(recall)),
      digits: { classNames: ["a", "b"] } as unknown as Values["digits"],
    }, telling);
  assert.deepEqual(said([0.5, 0.9]), ["Every run finds at least half of: a and b."]);
  assert.deepEqual(said([0.4, 0.4]), ["No run finds half of: a and b."]);
  assert.deepEqual(said([0.5, 0.4], [0.4, 0.6]), [
    "Some runs find half of these and others do not: a and b.",
  ]);
});

Deno.test("answerMixtures() names edge and likeness only where they are", () => {
  const said = (...mixtures: readonly (readonly [bic: number, auroc: number])[]) =>
    answerMixtures({
      mixtures: mixtures.map(([bic, auroc], at) => ({
        components: at + 1,
        bic,
        auroc,
        standardError: 0,
        low: auroc - 0.05,
        high: auroc + 0.05,
      })),
    }, telling)[0];
  const inside = said([9, 0.5], [3, 0.7], [5, 0.9]);
  assert.match(inside, /is 2, with AUROC 0.700 .* would have chosen 3, with AUROC 0.900/);
  assert.doesNotMatch(inside, /was tried|overlap/);
  assert.match(said([9, 0.5], [3, 0.7], [5, 0.75]), /0.750\. Their intervals overlap/);
  const atEdge = said([1, 0.9], [3, 0.7]);
  assert.match(atEdge, /is 1, with .* the smallest number that was tried\./);
  assert.match(said([3, 0.7], [1, 0.9]), /is 2, with .* the largest number that was tried/);
  assert.doesNotMatch(atEdge, /would have chosen|overlap/);
});

Deno.test("answerMissing() names a winner per share only where there is one", () => {
  const runsOf = (rate: number, method: "k-pod" | "mean-imputation", nmi: number) =>
    [0, 1, 2, 3, 4].map((seed) => ({ rate, seed, method, nmi }));
  const [some, none] = answerMissing({
    missing: [
      ...runsOf(0.3, "k-pod", 0.2),
      ...runsOf(0.3, "mean-imputation", 0.4),
      ...runsOf(0.9, "k-pod", 0.2),
      ...runsOf(0.9, "mean-imputation", 0.2),
    ],
  }, telling).split("\n");
  assert.match(
    some,
    /^- 30% .*\. Every run of mean-imputation is above all .* Every run of k-pod is below all runs/,
  );
  assert.match(none, /^- 90% .*\. All methods have the same numbers\.$/);
  const [open] = answerMissing({
    missing: [...runsOf(0.3, "k-pod", 0.2), ...runsOf(0.3, "mean-imputation", 0.2).slice(1), {
      rate: 0.3,
      seed: 5,
      method: "mean-imputation" as const,
      nmi: 0.4,
    }],
  }, telling).split("\n");
  assert.match(open, /^- 30% .*\. No method is shown to be above or below all others\.$/);
});

Deno.test("answerMistakes() says that the sign explains only what its interval shows", () => {
  const said = (auroc: number) =>
    answerMistakes(
      { corrected: { auroc, standardError: 0.05, low: auroc - 0.1, high: auroc + 0.1 } },
      telling,
    ).slice(1);
  assert.match(said(0.61)[0], /the mixture does separate, and the sign hid it/);
  assert.match(said(0.39)[0], /the sign does not explain the failure/);
  for (const level of [0.5, 0.59, 0.41]) assert.match(said(level)[0], /not shown to separate/);
});

Deno.test("answerAccuracy() has the decay explain only what it brings nearer, on the notebook's images", () => {
  const said = (decayed: number, weaker: number, used: Values["used"] = "mnist") =>
    answerAccuracy({ accuracies: { decayed, weaker }, used }, telling);
  assert.deepEqual(
    said(0.9497, 0.9691)[0],
    [
      "Trained once with each, the network reaches an accuracy of 94.97% with weight decay 0.01 and of 96.91% with 0.001;",
      "the notebook published 96.72%.",
    ].join(" "),
  );
  assert.match(said(0.9497, 0.9691)[1], /weaker decay comes nearer/);
  assert.match(said(0.9672, 0.9691)[1], /does not come nearer/);
  assert.match(said(0.9691, 0.9691)[1], /does not come nearer/);
  assert.match(said(0.9497, 0.9691, "sample")[1], /cannot explain/);
});
