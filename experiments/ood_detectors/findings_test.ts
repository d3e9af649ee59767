import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import {
  findOodDetectors,
  headline,
  leaderOf,
  lowestOf,
  standingsOf,
  widestInterval,
} from "./findings.ts";
import type { LeaderboardScore, OodDetectorsResult } from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodDetectors() names the leader, who is level with it, and the hardest set", () => {
  const findings = findOodDetectors(example, words, format);
  assertSays(findings, "the best on average over all of them is `gmm++` on the reference network");
  assertSays(findings, "significantly ahead of every other detector");
  assertSays(findings, "shows no difference from: `msp`");
  assertSays(findings, "The hardest set is held-out classes");
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

Deno.test("findOodDetectors() takes each number from where it belongs", () => {
  assert.deepEqual(findOodDetectors(distinct, words, format), [
    // (0.97 + 0.79 + 0.70) / 3, means of the seeds.
    "Of the detectors whose rules were settled without looking at such sets, the best on average over all of them is `gmm++` on the better network: mean AUROC 0.820, lowest 0.700 (blended).",
    "On the other data set, `msp` leads on the reference network (AUROC 0.910). DeLong's test with Holm's correction shows no difference from: `gmm++`.",
    "On the other data set, `gmm++` leads on the better network (AUROC 0.960), significantly ahead of every other detector (DeLong's test, Holm's correction).",
    "The hardest set is blended: the best any detector does on it is AUROC 0.700 (`gmm++`).",
    "A threshold that should accept 95% of in-distribution images accepts 93.1% to 93.5% of fresh ones.",
  ]);
});

Deno.test("findOodDetectors() sets apart a detector that was settled after looking, however good", () => {
  const renamed = distinct.payload.scores.map((score) =>
    score.detector === "gmm++" ? { ...score, detector: "weakest-level" } : score
  );
  const detectors = distinct.payload.detectors.map((one) =>
    one.name === "gmm++" ? { ...one, name: "weakest-level" } : one
  );
  const payload = { ...distinct.payload, detectors, scores: renamed };
  const result = { ...distinct, payload };
  assert.equal(leaderOf(result).detector, "msp");
  assertSays(
    findOodDetectors(result, words, format),
    "Apart from them stands `weakest-level`, whose rule was settled after looking at such sets: mean AUROC 0.820 on the better network.",
  );
});

Deno.test("findOodDetectors() says how many detectors take a set for more ordinary, but for those that look at nothing", () => {
  const result = resultOf(({ set, detector, separation }) => ({
    separation: {
      ...separation,
      auroc: detector === "constant" || (set !== "rotated" && detector === "msp")
        ? 0.4
        : set === "rotated"
        ? 0.45
        : separation.auroc,
    },
  }));
  assertSays(
    findOodDetectors(result, words, format),
    "Detectors with an AUROC below 0.5 on some set: 2, most of them on rotated (2).",
  );
});

Deno.test("findOodDetectors() says nothing of the other data set where nothing was compared", () => {
  const result = { ...distinct, payload: { ...distinct.payload, comparisons: [] } };
  const findings = findOodDetectors(result, words, format);
  assert(!findings.some((sentence) => sentence.includes("other data set")));
});

Deno.test("headline() of ood-detectors is the leader over all sets, with an interval of its mean", () => {
  assert.deepEqual(headline(distinct, words, format), {
    number: "0.820",
    sentence:
      "mean AUROC of `gmm++` over 3 kinds of foreign images, the best whose rule saw none of them (lowest: 0.700)",
    uncertainty: "95% interval no wider than 0.790–0.870",
  });
  const without = resultOf(({ separation, seed }) => ({
    separation: { ...separation, aurocInterval: seed === 7 ? null : separation.aurocInterval },
  }));
  assert.equal(headline(without, words, format).uncertainty, undefined);
  const nothing = { ...distinct, payload: { ...distinct.payload, scores: [] } };
  assert.equal(widestInterval(nothing, leaderOf(distinct)), undefined);
});

Deno.test("standingsOf() ranks detectors on one network by their mean, over the sets that they were scored on", () => {
  const standings = standingsOf(distinct, "reference");
  assert.deepEqual(standings.map(({ detector }) => detector), ["msp", "gmm++", "constant"]);
  assert.deepEqual(standings.map(({ mean }) => mean.toFixed(4)), ["0.7633", "0.7600", "0.5100"]);
  assert.deepEqual(
    standings[1].aurocs.map(({ set, auroc }) => `${set} ${auroc.toFixed(2)}`),
    ["other-data-set 0.85", "rotated 0.76", "blended 0.67"],
  );
  assert.equal(lowestOf(standings[0]).set, "blended");
  const scores = distinct.payload.scores.filter(({ set, detector }) =>
    set !== "blended" && detector !== "constant"
  );
  const few = standingsOf({ ...distinct, payload: { ...distinct.payload, scores } }, "best");
  assert.deepEqual(few.map(({ detector, aurocs }) => `${detector} ${aurocs.length}`), [
    "gmm++ 2",
    "msp 2",
  ]);
});
