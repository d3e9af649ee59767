import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findKMeansMissing, headline, middleRate, overSeeds } from "./findings.ts";
import type {
  KMeansMissingPayload,
  KMeansMissingResult,
  MissingFit,
  MissingMethod,
  MissingRun,
} from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findKMeansMissing() names the best, the worst and what fails", () => {
  const findings = findKMeansMissing(example, words, format);
  assertSays(findings, "they give the same clustering at every rate");
  assertSays(findings, "From 20% missing on, complete rows cannot cluster at all");
});

const rates = [0, 0.4, 0.7, 0.9];
const [template] = example.payload.runs;
/** ARI to the complete data at 40% missing; other numbers follow from it, and none is that of another. */
const agreement: Readonly<Record<MissingMethod, number>> = {
  "zero-prior": 0.31,
  "feature-mean-prior": 0.62,
  "k-pod": 0.87,
  "mean-imputation": 0.55,
  "complete-rows": 0.44,
};

function runOf(method: MissingMethod, rate: number, seed: number): MissingRun {
  const ariToComplete = agreement[method] + 0.4 - rate + 0.01 * (seed - 7);
  const fit: MissingFit = {
    ...template.fit!,
    nmi: ariToComplete / 2,
    ari: ariToComplete / 3,
    nmiToComplete: ariToComplete / 4,
    ariToComplete,
  };
  const failed = method === "complete-rows" && rate > 0.5;
  return {
    ...template,
    rate,
    method,
    seed,
    fit: failed ? null : fit,
    failure: failed ? (rate > 0.8 ? "no-complete-rows" : "too-few-complete-rows") : null,
  };
}

function resultOf(change: Partial<KMeansMissingPayload>): KMeansMissingResult {
  const runs = rates.flatMap((rate) =>
    example.payload.methods.flatMap((method) => [7, 9].map((seed) => runOf(method, rate, seed)))
  );
  const complete = { nmi: 0.521, ari: 0.412 };
  return { ...example, payload: { ...example.payload, rates, runs, complete, ...change } };
}

Deno.test("findKMeansMissing() takes each number from where it belongs", () => {
  assert.deepEqual(findKMeansMissing(resultOf({}), words, format), [
    // The mean of the two seeds is 0.01 above the table.
    "With 40% of the pixels missing, every run of k-POD stays closer to the clustering of the complete data than any other (mean ARI 0.88); zero prior ends farthest from it (0.32).",
    "With 90% of the pixels missing, every run of k-POD stays closer to the clustering of the complete data than any other (mean ARI 0.38); zero prior ends farthest from it (−0.18).",
    "What a missing pixel is taken for matters: at 70% missing, NMI with the classes is 0.010 with a prior mean of 0 and 0.165 with the mean of each pixel.",
    "From 70% missing on, complete rows cannot cluster at all: fewer complete images than clusters.",
    "The clustering of the complete data, which everything is compared with, has NMI 0.52 and ARI 0.41 with the classes.",
  ]);
});

Deno.test("headline() of kmeans-missing is the best method at the middle rate, with its range", () => {
  assert.deepEqual(headline(resultOf({}), words, format), {
    number: "0.88",
    sentence:
      "agreement (ARI) with the clustering of the complete data when 40% of the pixels are missing (k-POD)",
    uncertainty: "0.870 to 0.890 over the seeds",
  });
  const one = resultOf({ runs: resultOf({}).payload.runs.filter(({ seed }) => seed === 7) });
  assert.equal(headline(one, words, format)?.uncertainty, "one seed, so without a range");
});

Deno.test("kmeans-missing has no answer at a rate where nothing could cluster", () => {
  const none = resultOf({
    runs: resultOf({}).payload.runs.map((run) => run.rate === 0.4 ? { ...run, fit: null } : run),
  });
  assert.equal(headline(none, words, format), undefined);
  assert(!findKMeansMissing(none, words, format).some((said) => said.startsWith("With 40%")));
});

/** A result in which methods agree with the complete data as given, one number per seed, at the only rate. */
function agreeing(
  ...aris: (readonly [method: MissingMethod, ...values: number[]])[]
): KMeansMissingResult {
  const runs = aris.flatMap(([method, ...values]) =>
    values.map((ariToComplete, seed): MissingRun => ({
      ...runOf(method, 0.4, seed),
      fit: { ...template.fit!, ariToComplete },
    }))
  );
  return resultOf({ rates: [0.4], methods: aris.map(([method]) => method), runs });
}

function saidOf(...aris: Parameters<typeof agreeing>): string[] {
  return findKMeansMissing(agreeing(...aris), words, format);
}

Deno.test("findKMeansMissing() prefers a method only where all its runs are above all others", () => {
  assertSays(
    saidOf(["zero-prior", 0.6, 0.7], ["k-pod", 0.71, 0.8], ["mean-imputation", 0.5, 0.4]),
    "every run of k-POD stays closer to the clustering of the complete data than any other (mean ARI 0.76); mean imputation ends farthest from it (0.45)",
  );
  assertSays(
    saidOf(["zero-prior", 0.6, 0.71], ["k-pod", 0.71, 0.8], ["mean-imputation", 0.5, 0.4]),
    "zero prior and k-POD are not shown to differ in how close they stay",
  );
  assertSays(
    saidOf(["zero-prior", 0.6, 0.71], ["k-pod", 0.71, 0.8]),
    "no method is shown to stay closest to the clustering of the complete data (mean ARI 0.66 to 0.76)",
  );
  assertSays(
    saidOf(["zero-prior", 0.6], ["k-pod", 0.8]),
    "is 0.60 (zero prior) to 0.80 (k-POD); one seed cannot show which method is better",
  );
});

Deno.test("findKMeansMissing() compares at the lowest, the middle and the highest rate", () => {
  const methods = ["zero-prior", "k-pod"] as const;
  const all = [0, 0.1, 0.4, 0.6, 0.9];
  const runs = all.flatMap((rate) =>
    methods.flatMap((method) => [7, 9].map((seed) => runOf(method, rate, seed)))
  );
  const said = findKMeansMissing(resultOf({ rates: all, methods, runs }), words, format);
  const compared = said.flatMap((sentence) => /^With (\d+)% of/.exec(sentence)?.[1] ?? []);
  assert.deepEqual(compared, ["10", "40", "90"]);
});

Deno.test("findKMeansMissing() calls prior and imputation the same only where they are at every rate", () => {
  const said = (off: number) =>
    findKMeansMissing(
      agreeing(["feature-mean-prior", 0.5], ["mean-imputation", 0.5 + off]),
      words,
      format,
    ).some((sentence) => sentence.includes("the same algorithm"));
  assert.equal(said(0), true);
  assert.equal(said(1e-6), false);
  assert(
    !findKMeansMissing(agreeing(["feature-mean-prior", 0.5]), words, format).some((sentence) =>
      sentence.includes("the same algorithm")
    ),
  );
});

Deno.test("findKMeansMissing() compares priors at the highest rate up to 80%, where both could cluster", () => {
  const { methods } = example.payload;
  const runs = [0.8, 0.9].flatMap((rate) => methods.map((method) => runOf(method, rate, 7)));
  const result = resultOf({ rates: [0.8, 0.9], runs });
  assertSays(findKMeansMissing(result, words, format), "matters: at 80% missing");
  const alone = runs.filter(({ method }) => method !== "zero-prior");
  assert(
    !findKMeansMissing(resultOf({ rates: [0.8, 0.9], runs: alone }), words, format)
      .some((sentence) => sentence.includes("matters")),
  );
});

Deno.test("overSeeds() summarises one method at one rate", () => {
  const span = overSeeds(resultOf({}), "k-pod", 0.7, (fit) => fit.ariToComplete);
  assert.deepEqual(
    [span?.low, span?.mean, span?.high].map((value) => value?.toFixed(6)),
    ["0.570000", "0.580000", "0.590000"],
  );
  assert.equal(overSeeds(resultOf({}), "complete-rows", 0.9, (fit) => fit.ari), null);
  assert.equal(middleRate(resultOf({ rates: [0.1, 0.3, 0.6, 0.8] })), 0.6);
});
