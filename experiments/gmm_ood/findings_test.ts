import { formatFor, textIn } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findGmmOod, headline, mixtureOf } from "./findings.ts";
import type { DecayOutcome, GmmOodResult } from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findGmmOod() chooses without looking at out-of-distribution data", () => {
  const findings = findGmmOod(example, words, format);
  assertSays(findings, "AUROC 0.975");
  assertSays(findings, "with 5 components".replace("w", "W"));
  assertSays(findings, "The activations use 14.0 of 25 directions");
});

/** A network whose numbers are all its own: AUROC by the number of components. */
function outcomeOf(
  weightDecay: number,
  { accuracy, rank, softmax, aurocs, byBic, oracle }: {
    readonly accuracy: number;
    readonly rank: number;
    readonly softmax: number;
    readonly aurocs: Readonly<Record<number, number>>;
    readonly byBic: number;
    readonly oracle: number;
  },
): DecayOutcome {
  const [template] = example.payload.byWeightDecay;
  const separationOf = (auroc: number) => ({
    auroc,
    aurocInterval: { low: auroc - 0.031, high: auroc + 0.024, level: 0.95 },
    auprIn: auroc - 0.11,
    auprOut: auroc - 0.22,
    fprAtIdTpr95: 1.2 - auroc,
  });
  return {
    ...template,
    weightDecay,
    testAccuracy: {
      ...template.testAccuracy,
      value: accuracy,
      interval: { low: accuracy - 0.01, high: accuracy + 0.01, level: 0.95 },
    },
    effectiveRank: rank,
    softmax: separationOf(softmax),
    byComponents: Object.entries(aurocs).map(([components, auroc]) => ({
      ...template.byComponents[0],
      components: Number(components),
      separation: separationOf(auroc),
    })),
    chosen: { byBic, byHeldOut: 1, oracle },
  };
}

const low = {
  accuracy: 0.9541,
  rank: 17.3,
  softmax: 0.788,
  aurocs: { 1: 0.911, 2: 0.922, 5: 0.944 },
  byBic: 1,
  oracle: 5,
};
const middle = {
  accuracy: 0.9876,
  rank: 11.1,
  softmax: 0.722,
  aurocs: { 1: 0.811, 2: 0.833, 5: 0.855 },
  byBic: 2,
  oracle: 5,
};
const high = {
  accuracy: 0.9234,
  rank: 6.4,
  softmax: 0.501,
  aurocs: { 1: 0.611, 2: 0.622, 5: 0.655 },
  byBic: 5,
  oracle: 5,
};

function resultOf(...byWeightDecay: DecayOutcome[]): GmmOodResult {
  return { ...example, payload: { ...example.payload, byWeightDecay } };
}

function found(...outcomes: DecayOutcome[]): string[] {
  return findGmmOod(resultOf(...outcomes), words, format);
}

Deno.test("findGmmOod() takes each number from where it belongs", () => {
  assert.deepEqual(found(outcomeOf(0, low), outcomeOf(0.001, middle), outcomeOf(0.01, high)), [
    "Chosen without a look at out-of-distribution data (the most accurate network, weight decay 0.001; the components by BIC, 2 components), the mixture reaches AUROC 0.833 and accepts 36.7% of the out-of-distribution images when it accepts 95% of the in-distribution ones.",
    "The largest number of components that was tried is the choice of BIC at weight decay 0.01 and of the oracle at every weight decay: a larger one may be better.",
    "With 5 components, AUROC is 0.944 at weight decay 0 and 0.655 at 0.01, on one network each.",
    "The activations use 17.3 of 25 directions at weight decay 0 and 6.4 at 0.01 (effective rank, one network each).",
    "The accuracy of the network is 95.4% at weight decay 0 and 92.3% at 0.01.",
    "The network's own confidence, the maximum softmax probability, is behind it: AUROC 0.722 against 0.833, and their intervals do not overlap.",
    "Knowing the out-of-distribution images would gain at most 0.033 of AUROC over choosing by BIC among the numbers that were tried.",
  ]);
});

Deno.test("headline() of gmm-ood is the mixture that BIC chose on the most accurate network", () => {
  const result = resultOf(outcomeOf(0, low), outcomeOf(0.001, middle), outcomeOf(0.01, high));
  assert.deepEqual(headline(result, words, format, textIn("en")), {
    number: "0.833",
    sentence:
      "AUROC of a mixture of 2 components on one network, chosen without looking at what it should reject (weight decay 0.001)",
    uncertainty: "95% interval 0.802–0.857",
  });
  const [{ byComponents: [row], ...rest }] = [outcomeOf(0, { ...low, aurocs: { 1: 0.911 } })];
  const without = { ...row, separation: { ...row.separation, aurocInterval: null } };
  const uncertain = resultOf({ ...rest, byComponents: [without] });
  const { sentence, uncertainty } = headline(uncertain, words, format, textIn("en"));
  assert.match(sentence, /a mixture of 1 component on one network, chosen/);
  assert.equal(uncertainty, undefined);
});

Deno.test("findGmmOod() compares decays by the most components that both have", () => {
  const few = outcomeOf(0.01, { ...high, aurocs: { 1: 0.611, 2: 0.622 }, byBic: 2, oracle: 2 });
  assertSays(
    found(outcomeOf(0, low), few),
    "With 2 components, AUROC is 0.922 at weight decay 0 and 0.622 at 0.01, on one network each.",
  );
  const none = outcomeOf(0.01, { ...high, aurocs: { 3: 0.633 }, byBic: 3, oracle: 3 });
  const sentences = found(outcomeOf(0, low), none);
  assert(!sentences.some((sentence) => sentence.startsWith("With ")));
  assertSays(
    sentences,
    "The activations use 17.3 of 25 directions at weight decay 0 and 6.4 at 0.01",
  );
  const alone = found(outcomeOf(0, low));
  assert(!alone.some((sentence) => /^(With|The features|The accuracy) /.test(sentence)));
});

Deno.test("findGmmOod() says which other networks may be as accurate as the one that it takes", () => {
  const nearly = { ...middle, accuracy: 0.9686 };
  assertSays(
    found(outcomeOf(0, nearly), outcomeOf(0.001, middle), outcomeOf(0.01, nearly)),
    "of its accuracy and of that at weight decay 0 and 0.01 overlap, so accuracy does not settle",
  );
  const less = { ...middle, accuracy: 0.9674 };
  const sentences = found(outcomeOf(0, less), outcomeOf(0.001, middle));
  assert(!sentences.some((sentence) => sentence.includes("settle")));
});

Deno.test("findGmmOod() says where the network's own confidence is ahead, behind or level", () => {
  const beside = (softmax: number) => found(outcomeOf(0, { ...low, softmax }));
  // The mixture's interval is 0.880 to 0.935.
  assertSays(beside(0.855), "is behind it: AUROC 0.855 against 0.911");
  assertSays(beside(0.857), "probability (AUROC 0.857), and the mixture (0.911) no difference");
  assertSays(beside(0.965), "probability (AUROC 0.965), and the mixture (0.911) no difference");
  assertSays(beside(0.967), "is ahead of it: AUROC 0.967 against 0.911");
  const elsewhere = outcomeOf(0.01, { ...high, softmax: 0.656 });
  assertSays(
    found(outcomeOf(0, { ...low, softmax: 0.99 }), elsewhere),
    "Elsewhere the network's own confidence has the larger AUROC: at weight decay 0.01, 0.656 against 0.655 of the mixture (no difference is shown).",
  );
  // Its interval is from 0.031 below to 0.024 above, that of the mixture ends at 0.679.
  const ahead = (softmax: number) =>
    found(outcomeOf(0, low), outcomeOf(0.01, { ...high, softmax }));
  assertSays(ahead(0.711), "0.711 against 0.655 of the mixture (their intervals do not overlap)");
  assertSays(ahead(0.709), "0.709 against 0.655 of the mixture (no difference is shown)");
  assert(!ahead(0.655).some((sentence) => sentence.startsWith("Elsewhere")));
});

Deno.test("findGmmOod() does not call the oracle better when it is not", () => {
  const level = outcomeOf(0, { ...low, oracle: 1 });
  assertSays(found(level), "would not have chosen a better one than BIC did");
  const slight = { ...low, aurocs: { ...low.aurocs, 5: 0.9116 } };
  assertSays(found(outcomeOf(0, slight)), "would gain at most 0.001 of AUROC");
  const hardly = { ...low, aurocs: { ...low.aurocs, 5: 0.91101 } };
  assertSays(found(outcomeOf(0, hardly)), "would gain at most 0.001 of AUROC");
});

Deno.test("findGmmOod() says of which choices a larger one may be better, of none within the numbers tried", () => {
  const within = outcomeOf(0, { ...low, byBic: 2, oracle: 2 });
  assert(!found(within).some((sentence) => sentence.includes("that was tried is the choice")));
  const byHeldOut = { ...within, chosen: { byBic: 2, byHeldOut: 5, oracle: 2 } };
  assertSays(
    found(byHeldOut, within),
    "is the choice of held-out log-density at weight decay 0: a larger one may be better",
  );
  assertSays(
    found(outcomeOf(0, { ...low, byBic: 5 })),
    "is the choice of BIC and of the oracle at every weight decay: a larger one may be better",
  );
  const one = outcomeOf(0, { ...low, aurocs: { 1: 0.911 }, oracle: 1 });
  assert(!found(one).some((sentence) => sentence.includes("a larger one")));
});

Deno.test("mixtureOf() is the mixture of so many components, and the first where there is none", () => {
  const [outcome] = example.payload.byWeightDecay;
  const [first, second] = outcome.byComponents;
  assert.equal(mixtureOf(outcome, second.components), second);
  assert.equal(mixtureOf(outcome, 999), first);
});
