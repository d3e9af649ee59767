import { formatFor, textIn } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findGmmNotebook, headline } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findGmmNotebook() puts our numbers beside the published ones", () => {
  const findings = findGmmNotebook(example, words, format);
  assertSays(findings, "best AUC is 0.49, at 1 component; it published 0.40");
  assertSays(findings, "the best AUC is 0.63, at 5 components");
});

/** The best as published is not the best corrected, and no number is that of another. */
const distinct = {
  ...example,
  payload: {
    ...example.payload,
    rows: { inDistribution: 2000, outOfDistribution: 500 },
    byComponents: [[1, 0.71, 0.29], [2, 0.47, 0.53], [5, 0.62, 0.38]].map((
      [components, aucAsPublished, aucCorrected],
    ) => ({ ...example.payload.byComponents[0], components, aucAsPublished, aucCorrected })),
  },
};

Deno.test("findGmmNotebook() takes each number from where it belongs", () => {
  assert.deepEqual(findGmmNotebook(distinct, words, format), [
    "Computed as the notebook did, the best AUC is 0.71, at 1 component; it published 0.40, at 1 component.",
    "The sign explains none of it here: the notebook calls out-of-distribution 1 and scores it by log-density, which is high for in-distribution, but the same mixture's AUC of 0.71 is only 0.29 the right way round.",
    "The right way round, the best AUC is 0.53, at 2 components.",
    "Mixtures that stay below 0.5 even the right way round, with their intervals: 2 of 3. To these, images of clothes look more typical than digits more often than not.",
    "The classifier of this recipe reaches an accuracy of 93.00% here and of 96.72% in the notebook; on other images or fewer of them, a run cannot show why.",
  ]);
});

Deno.test("findGmmNotebook() has the sign explain what turning it round mends, and nothing else", () => {
  const saidOf = (aucAsPublished: number) => {
    const [row] = distinct.payload.byComponents;
    const byComponents = [{ ...row, aucAsPublished, aucCorrected: 1 - aucAsPublished }];
    const result = { ...distinct, payload: { ...distinct.payload, byComponents } };
    return findGmmNotebook(result, words, format);
  };
  assertSays(saidOf(0.4), "explains part of it: the notebook calls");
  assertSays(saidOf(0.4), "The same mixture's AUC of 0.40 is 0.60 the right way round.");
  assertSays(saidOf(0.6), "explains none of it here");
  // The interval of 0.5 between 2000 and 500 rows is ±0.028.
  for (const open of [0.473, 0.5, 0.527]) {
    assertSays(saidOf(open), "Whether the sign explains any of it is not shown");
    assert(!saidOf(open).some((sentence) => sentence.includes("The sign explains")));
    assert(!saidOf(open).some((sentence) => sentence.includes("stay below")));
  }
});

Deno.test("findGmmNotebook() says that the best is the largest tried only where it is", () => {
  const said = (...corrected: number[]) => {
    const byComponents = distinct.payload.byComponents.slice(0, corrected.length)
      .map((row, at) => ({ ...row, aucCorrected: corrected[at] }));
    const result = { ...distinct, payload: { ...distinct.payload, byComponents } };
    return findGmmNotebook(result, words, format)
      .filter((sentence) => sentence.includes("a larger one may be better")).length;
  };
  assert.equal(said(0.6, 0.7, 0.8), 1);
  assert.equal(said(0.6, 0.8, 0.7), 0);
  assert.equal(said(0.6), 0);
});

Deno.test("findGmmNotebook() says of no mixture that it stays below 0.5 where none does", () => {
  const byComponents = distinct.payload.byComponents.map((row) => ({ ...row, aucCorrected: 0.5 }));
  const result = { ...distinct, payload: { ...distinct.payload, byComponents } };
  const findings = findGmmNotebook(result, words, format);
  assert(!findings.some((sentence) => sentence.includes("stay below 0.5")));
});

/** The sentences on accuracies, each given as the ends of its interval, on all of MNIST. */
function saidOfAccuracies(
  intervals: readonly (readonly [low: number, high: number])[],
  { used = "mnist" as const, trainRows = null }: {
    used?: "mnist" | "sample";
    trainRows?: number | null;
  } = {},
): string[] {
  const result = {
    ...distinct,
    options: {
      ...distinct.options,
      dataset: { ...distinct.options.dataset, used },
      parameters: { trainRows },
    },
    payload: {
      ...distinct.payload,
      recipes: intervals.map(([low, high], at) => ({
        ...example.payload.recipes[at],
        testAccuracy: {
          value: (low + high) / 2,
          successes: 1,
          trials: 2,
          interval: { low, high, level: 0.95 as const },
        },
      })),
    },
  };
  return findGmmNotebook(result, words, format).filter((said) => said.includes("96.72%"));
}

Deno.test("findGmmNotebook() has a recipe explain the accuracy only where its interval holds it", () => {
  const [own, above, holding] = [[0.94, 0.95], [0.968, 0.97], [0.967, 0.969]] as const;
  assert.deepEqual(saidOfAccuracies([own, holding, above]), [
    "The classifier of this recipe reaches an accuracy of 94.50% here (95% interval 94.00–95.00%) and of 96.72% in the notebook.",
    "96.72% comes out where the decay is weaker beside the pixels, all else the same: the interval contains it for pixels of mean 0 and deviation 1 and weight decay 0.01 (96.80%, AUC 0.45 with 1 component).",
  ]);
  const [, none] = saidOfAccuracies([own, above, own]);
  assert.match(
    none,
    /^Nothing that was tried explains 96.72%: .* pixels of mean 0 .* and pixels from 0/,
  );
  // It needs no reason where no difference is shown.
  assert.equal(saidOfAccuracies([holding, holding, above]).length, 1);
});

Deno.test("findGmmNotebook() gives no reason on other images, or fewer of them", () => {
  const intervals = [[0.94, 0.95], [0.967, 0.969], [0.967, 0.969]] as const;
  for (const other of [{ used: "sample" }, { trainRows: 20000 }] as const) {
    const said = saidOfAccuracies(intervals, other);
    assert.equal(said.length, 1);
    assert.match(said[0], /a run cannot show why/);
  }
});

Deno.test("headline() of gmm-notebook is the best as published, with its interval", () => {
  assert.deepEqual(headline(distinct, words, format, textIn("en")), {
    number: "0.71",
    sentence:
      "best AUC under the notebook's protocol; 0.29 once its labels are turned the right way round",
    // The 500 rows that count as positive are out-of-distribution: standard error 0.01394.
    uncertainty: "95% interval 0.683–0.737",
  });
});

Deno.test("findGmmNotebook() needs no reason where the accuracy is an end of the interval", () => {
  const other = [0.94, 0.95] as const;
  for (const own of [[0.9672, 0.97], [0.96, 0.9672]] as const) {
    assert.equal(saidOfAccuracies([own, other, other]).length, 1);
  }
});
