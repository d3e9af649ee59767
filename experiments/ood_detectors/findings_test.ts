import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findOodDetectors, headline } from "./findings.ts";
import type { LeaderboardScore, OodDetectorsResult } from "./result.ts";
import { groupOf, lowestOf, meanAuroc, standingsOf, widestInterval } from "./standings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodDetectors() names the leaders, who is level with them, and the hardest set", () => {
  const findings = findOodDetectors(example, words, format);
  assertSays(findings, "Over near sets, on the reference network, `gmm++` has the highest mean");
  assertSays(findings, "significantly ahead of every other detector");
  assertSays(findings, "shows no difference from: `msp`");
  assertSays(
    findings,
    "The hardest set is held-out classes: the best that any detector does on it is AUROC 0.760",
  );
  assertSays(findings, "accepts 94.0% to 95.0% of fresh ones");
});

/** AUROC of each network and detector on three sets; those of the second seed are 0.02 higher. */
const table = [
  ["reference", "constant", [0.5, 0.5, 0.5]],
  ["reference", "msp", [0.91, 0.72, 0.63]],
  ["reference", "gmm++", [0.84, 0.75, 0.66]],
  ["best", "constant", [0.5, 0.5, 0.5]],
  ["best", "msp", [0.87, 0.81, 0.58]],
  ["best", "gmm++", [0.96, 0.78, 0.69]],
] as const;
const sets = ["other-data-set", "rotated", "blended"] as const;

function resultOf(
  change: (score: LeaderboardScore) => Partial<LeaderboardScore>,
): OodDetectorsResult {
  const [template] = example.payload.scores;
  const scores = table.flatMap(([classifier, detector, aurocs], at) =>
    sets.flatMap((set, number) =>
      [7, 8].map((seed) => {
        const auroc = aurocs[number] + 0.02 * (seed - 7);
        const score = {
          ...template,
          classifier,
          detector,
          set,
          seed,
          separation: {
            ...template.separation,
            auroc,
            aurocInterval: { low: auroc - 0.03, high: auroc + 0.05, level: 0.95 },
          },
          achievedTpr: detector === "constant" ? 1 : 0.93 + 0.001 * at + 0.0002 * (seed - 7),
        };
        return { ...score, ...change(score) };
      })
    )
  );
  const [comparison] = example.payload.comparisons;
  const comparisons = (["reference", "best"] as const).flatMap((classifier) =>
    sets.flatMap((set) =>
      ["constant", "msp"].map((other) => ({
        ...comparison,
        classifier,
        set,
        best: classifier === "reference" ? "msp" : "gmm++",
        other: classifier === "reference" && other === "msp" ? "gmm++" : other,
        significant: set === "rotated" || classifier === "best" || other === "constant",
      }))
    )
  );
  return {
    ...example,
    payload: {
      ...example.payload,
      sets: sets.map((name) => ({ ...example.payload.sets[0], name })),
      scores,
      comparisons,
    },
  };
}

const distinct = resultOf(() => ({}));
const found = (result: OodDetectorsResult) => findOodDetectors(result, words, format);
const saysNothing = (result: OodDetectorsResult, part: string) =>
  assert(!found(result).some((sentence) => sentence.includes(part)), part);

/** A result with other AUROCs, each with its interval. */
const withAuroc = (change: (score: LeaderboardScore) => number, half = 0.04) =>
  resultOf((score) => {
    const auroc = change(score);
    const aurocInterval = { low: auroc - half, high: auroc + half, level: 0.95 as const };
    return { separation: { ...score.separation, auroc, aurocInterval } };
  });

Deno.test("findOodDetectors() takes each number from where it belongs", () => {
  assert.deepEqual(found(distinct), [
    // (0.73 + 0.64) / 2 and (0.76 + 0.67) / 2, means of the seeds.
    "Over near sets, on the reference network, `gmm++` has the highest mean AUROC of the detectors whose rules were settled without looking at such sets: 0.715, lowest 0.670 (blended).",
    "Over near sets, 1 of the 1 others is not shown to be worse: its interval reaches that of the best.",
    "Over far sets, on the reference network, `msp` has the highest mean AUROC of the detectors whose rules were settled without looking at such sets: 0.920, lowest 0.920 (other data set).",
    "Over far sets, 1 of the 1 others is not shown to be worse: its interval reaches that of the best.",
    "On the larger network, whose training was settled after looking at such sets, the highest mean AUROCs are 0.745 over near sets (`gmm++`) and 0.970 over far sets (`gmm++`).",
    "Over near sets, the mean AUROC of `gmm++` lies between 0.705 and 0.725 by seed, and is the highest for 2 of 2 seeds.",
    "Over far sets, the mean AUROC of `msp` lies between 0.910 and 0.930 by seed, and is the highest for 2 of 2 seeds.",
    "On the other data set, `msp` leads on the reference network with the first seed (AUROC 0.910). DeLong's test with Holm's correction shows no difference from: `gmm++`.",
    "On the other data set, `gmm++` leads on the larger network with the first seed (AUROC 0.960), significantly ahead of every other detector (DeLong's test, Holm's correction).",
    "The hardest set is blended: the best that any detector does on it is AUROC 0.700 (`gmm++`), and the intervals of the best on other sets lie above.",
    "A threshold that should accept 95% of in-distribution images accepts 93.1% to 93.5% of fresh ones, by detector, network and seed.",
  ]);
});

Deno.test("findOodDetectors() has nobody reach the best, or a set be the hardest, only by intervals", () => {
  const apart = withAuroc(({ detector, set }) =>
    (detector === "gmm++" ? 0.9 : 0.6) - (set === "blended" ? 0.1 : 0)
  );
  assertSays(
    found(apart),
    "Over near sets, no interval of another of them reaches that of the best",
  );
  assertSays(found(apart), "The hardest set is blended");
  saysNothing(apart, "not shown to be worse");
  const near = withAuroc(({ set }) => set === "blended" ? 0.8 : 0.85);
  assertSays(
    found(near),
    "The lowest of the sets' best AUROCs is 0.800, on blended (`constant`); that it is harder than other data set and rotated is not shown.",
  );
  saysNothing(near, "The hardest set");
  saysNothing(near, "no interval of another");
});

Deno.test("findOodDetectors() says that one seed shows nothing of another, and for how many of several the best leads", () => {
  const one = { ...distinct, payload: { ...distinct.payload, seeds: [7] } };
  assertSays(found(one), "All of this is from one seed");
  saysNothing(one, "by seed, and is the highest");
  saysNothing(distinct, "from one seed");
  const turns = withAuroc(({ detector, seed }) =>
    detector === "gmm++" ? 0.8 : seed === 7 ? 0.85 : 0.7
  );
  assertSays(
    found(turns),
    "of `gmm++` is 0.800 for every seed, and is the highest for 1 of 2",
  );
});

Deno.test("findOodDetectors() sets apart a detector that was settled after looking, however good", () => {
  const rename = (name: string) => name === "gmm++" ? "weakest-level" : name;
  const { detectors, scores, comparisons } = distinct.payload;
  const payload = {
    ...distinct.payload,
    detectors: detectors.map((one) => ({ ...one, name: rename(one.name) })),
    scores: scores.map((one) => ({ ...one, detector: rename(one.detector) })),
    comparisons: comparisons.map((one) => ({ ...one, best: rename(one.best) })),
  };
  const result = { ...distinct, payload };
  assert.deepEqual(standingsOf(result, "best", "far").map(({ detector }) => detector), [
    "msp",
    "constant",
    "weakest-level",
  ]);
  assertSays(
    found(result),
    "Apart from them stands `weakest-level`, whose rule was settled after looking at such sets; its mean AUROCs on the reference network are 0.715 over near sets and 0.850 over far sets.",
  );
  assertSays(found(result), "The rule of `weakest-level`, which leads there, was settled after");
  saysNothing(distinct, "was settled after looking at such sets.");
  assert.match(headline(result, words, format)!.sentence, /^mean AUROC of `msp`/);
});

Deno.test("findOodDetectors() says how many detectors take a set for more ordinary, but for those that look at nothing", () => {
  const below = withAuroc(({ set, detector }) =>
    detector === "constant" || (set !== "rotated" && detector === "msp")
      ? 0.4
      : set === "rotated"
      ? 0.45
      : 0.9
  );
  const scores = below.payload.scores.map((one) => ({
    ...one,
    oodAboveMedian: one.detector === "constant" ? 0.99 : one.detector === "msp" ? 0.61 : 0.73,
  }));
  const lengths = (["rotated", "blended"] as const).flatMap((set) =>
    [1.5, 0.8].map((ratio, at) => ({
      classifier: (["reference", "best"] as const)[at],
      set,
      ratio: set === "rotated" ? ratio : 9,
    }))
  );
  const result = { ...below, payload: { ...below.payload, scores, lengths } };
  assertSays(
    found(result),
    "Detectors with an AUROC below 0.5 on some set: 2, the largest number of them on rotated (2). On rotated, 61% to 73% of the foreign images, by detector, score above the median of those that belong.",
  );
  assertSays(
    found(result),
    "On rotated, the mean length of penultimate activations over that on images that belong is 1.50 (reference network) and 0.80 (larger network).",
  );
  const tied = withAuroc(({ set, detector }) =>
    detector === "msp" && set !== "other-data-set" ? 0.4 : 0.9
  );
  assertSays(
    found(tied),
    "some set: 1, the largest number of them on rotated and blended (1 each). On rotated, ",
  );
  const without = { ...result, payload: { ...result.payload, lengths: lengths.slice(2) } };
  saysNothing(without, "mean length");
  assertSays(
    found(result),
    "do not show that the score of `msp` (reference network) and `msp` (larger network) is the right way round",
  );
  saysNothing(result, "To turn these scores round");
  // The share is that on the network where the detector is below 0.5, on that set.
  const once = withAuroc(({ classifier, set, detector }) =>
    classifier === "reference" && set === "rotated" && detector === "msp" ? 0.4 : 0.5
  );
  const shares = once.payload.scores.map((one) => ({
    ...one,
    oodAboveMedian: one.separation.auroc < 0.5 ? 0.61 : 0.99,
  }));
  assertSays(
    found({ ...once, payload: { ...once.payload, scores: shares } }),
    "AUROC below 0.5 on some set: 1, the largest number of them on rotated (1). On rotated, 61% to 61%",
  );
  for (const part of ["below 0.5", "the right way round", "mean length"]) {
    saysNothing(distinct, part);
    saysNothing(withAuroc(() => 0.5), part);
  }
});

Deno.test("findOodDetectors() has no score turned round that an interval shows to be right on another set", () => {
  const elsewhere = (high: number) =>
    withAuroc(({ set, detector }) => detector === "msp" ? set === "rotated" ? 0.2 : high : 0.9);
  assertSays(found(elsewhere(0.541)), "Reversing these scores would mend one set and break");
  assertSays(found(elsewhere(0.539)), "do not show that the score of `msp` (reference network)");
  saysNothing(elsewhere(0.539), "To turn these scores round");
});

Deno.test("findOodDetectors() says nothing of the other data set where nothing was compared", () => {
  const result = { ...distinct, payload: { ...distinct.payload, comparisons: [] } };
  saysNothing(result, "leads on");
});

Deno.test("headline() of ood-detectors is the leader over near sets, with an interval of its mean, and that over far ones", () => {
  assert.deepEqual(headline(distinct, words, format), {
    number: "0.715",
    sentence:
      "mean AUROC of `gmm++` over near sets (2), the highest of the rules that saw none of them; 0.920 over far sets (`msp`)",
    uncertainty: "95% interval no wider than 0.685–0.765; others not shown to be worse: 1 of 1",
  });
  const without = resultOf(({ separation, seed }) => ({
    separation: { ...separation, aurocInterval: seed === 7 ? null : separation.aurocInterval },
  }));
  assert.equal(
    headline(without, words, format)!.uncertainty,
    "others not shown to be worse: 1 of 1",
  );
  const apart = resultOf(({ separation }) => ({
    separation: {
      ...separation,
      aurocInterval: { low: separation.auroc, high: separation.auroc, level: 0.95 },
    },
  }));
  assert.doesNotMatch(headline(apart, words, format)!.uncertainty!, /not shown|one seed/);
  const { scores, detectors } = distinct.payload;
  const single = {
    ...distinct.payload,
    seeds: [7],
    scores: scores.filter(({ seed }) => seed === 7),
  };
  assert.match(
    headline({ ...distinct, payload: single }, words, format)!.uncertainty!,
    /; one seed$/,
  );
  const blind = {
    ...distinct.payload,
    detectors: detectors.map((one) => ({ ...one, looksAt: [] })),
  };
  assert.equal(headline({ ...distinct, payload: blind }, words, format), undefined);
  const far = distinct.payload.sets.slice(0, 1);
  const alone = { ...distinct, payload: { ...distinct.payload, sets: far } };
  assert.deepEqual(headline(alone, words, format), {
    number: "0.920",
    sentence:
      "mean AUROC of `msp` over far sets (1), the highest of the rules that saw none of them",
    uncertainty: "95% interval no wider than 0.890–0.970; others not shown to be worse: 1 of 1",
  });
});

Deno.test("standingsOf() ranks detectors on one network by their mean over a group of sets", () => {
  const standings = standingsOf(distinct, "reference", "far");
  assert.deepEqual(standings.map(({ detector }) => detector), ["msp", "gmm++", "constant"]);
  assert.deepEqual(standings.map((one) => meanAuroc(one, "far")!.toFixed(4)), [
    "0.9200",
    "0.8500",
    "0.5100",
  ]);
  const [best] = standingsOf(distinct, "reference");
  assert.equal(best.detector, "gmm++");
  assert.deepEqual(
    best.aurocs.map(({ set, auroc }) => `${set} ${auroc.toFixed(2)}`),
    ["other-data-set 0.85", "rotated 0.76", "blended 0.67"],
  );
  assert.equal(lowestOf(best, "near").set, "blended");
  assert.equal(widestInterval({ ...best, aurocs: [] }, "near"), null);
  const scores = distinct.payload.scores.filter(({ set, detector }) =>
    set !== "blended" && detector !== "constant"
  );
  const few = standingsOf({ ...distinct, payload: { ...distinct.payload, scores } }, "best");
  assert.deepEqual(few.map(({ detector, aurocs }) => `${detector} ${aurocs.length}`), [
    "msp 2",
    "gmm++ 2",
  ]);
});

Deno.test("groupOf() calls images of the data set itself near: turned, blended or of classes held out", () => {
  const all = example.payload.sets.map(({ name }) => `${name} ${groupOf(name)}`);
  assert.deepEqual(all, [
    "other-data-set far",
    "rotated near",
    "gaussian-noise far",
    "held-out-classes near",
  ]);
});
