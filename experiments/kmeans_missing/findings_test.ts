import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import {
  findKMeansMissing,
  headline,
  isSameAlgorithm,
  middleRate,
  timeNoise,
  valuesOf,
} from "./findings.ts";
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
  assertSays(findings, "their runs have the same numbers in every measure at every rate");
  assertSays(findings, "From 20% missing on, the method “complete rows” cannot form clusters");
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
    example.payload.methods.flatMap((method) =>
      [7, 9, 8, 8.5, 7.5].map((seed) => runOf(method, rate, seed))
    )
  );
  const complete = { nmi: 0.521, ari: 0.412 };
  return { ...example, payload: { ...example.payload, rates, runs, complete, ...change } };
}

Deno.test("findKMeansMissing() takes each number from where it belongs", () => {
  assert.deepEqual(findKMeansMissing(resultOf({}), words, format), [
    // The mean of the seeds is 0.01 above the table.
    "With 40% of the pixels missing, every run of k-POD stays closer to the clustering of the complete data than any run of another method (mean ARI 0.88); the lowest mean is that of prior mean 0 (0.32).",
    "With 90% of the pixels missing, every run of k-POD stays closer to the clustering of the complete data than any run of another method (mean ARI 0.38); the lowest mean is that of prior mean 0 (−0.18).",
    "What is assumed of a missing pixel matters: at 70% missing, NMI with the classes is 0.010 with a prior mean of 0 and 0.165 with the mean of each pixel.",
    "From 70% missing on, the method “complete rows” cannot form clusters: fewer complete images than clusters.",
    "The clustering of the complete data, which everything is compared with, has NMI 0.52 and ARI 0.41 with the classes.",
    "It is that of one start: with nothing missing, runs from 5 starts agree with it by a mean ARI of 0.72 (0.71 to 0.73); the gap to 1 there is due to the start alone.",
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

/** Five runs, two of them as given and the others between. */
function five(a: number, b: number): number[] {
  return [a, b, (a + b) / 2, (a + b) / 2, (a + b) / 2];
}

Deno.test("findKMeansMissing() prefers a method only where all its runs are above all others", () => {
  const imputed = ["mean-imputation", ...five(0.5, 0.4)] as const;
  assertSays(
    saidOf(["zero-prior", ...five(0.6, 0.7)], ["k-pod", ...five(0.71, 0.81)], imputed),
    "every run of k-POD stays closer to the clustering of the complete data than any run of another method (mean ARI 0.76); the lowest mean is that of mean imputation (0.45)",
  );
  // The second is not shown to be below the first, nor the third below the second.
  assertSays(
    saidOf(["zero-prior", ...five(0.4, 0.72)], ["k-pod", ...five(0.71, 0.81)], imputed),
    "k-POD has the highest mean ARI with the clustering of the complete data (0.76), but is not shown to be better than prior mean 0; it is better in every run than mean imputation.",
  );
  assertSays(
    saidOf(["zero-prior", ...five(0.6, 0.72)], ["k-pod", ...five(0.71, 0.81)]),
    "no method is shown to stay closest to the clustering of the complete data (mean ARI 0.66 to 0.76)",
  );
});

Deno.test("findKMeansMissing() prefers no method after so few seeds that chance parts them often", () => {
  for (const seeds of [1, 2, 3]) {
    const said = saidOf(["zero-prior", ...Array(seeds).fill(0.512)], [
      "k-pod",
      ...Array(seeds).fill(0.53),
    ]);
    assertSays(
      said,
      `is 0.51 (prior mean 0) to 0.53 (k-POD), as the mean of the seeds; there are too few of them (${seeds})`,
    );
    assert(!said.some((sentence) => /every run|no method|better than/.test(sentence)));
  }
  // Alone, 4 runs each are enough (2 in 70), but not for the rates and the priors together.
  const four = [0, 0.1, 0.4, 0.9].flatMap((rate) =>
    (["zero-prior", "k-pod"] as const).flatMap((method) =>
      [6, 7, 8, 9].map((seed) => runOf(method, rate, seed))
    )
  );
  const few = findKMeansMissing(resultOf({ rates: [0, 0.1, 0.4, 0.9], runs: four }), words, format);
  assert.equal(few.filter((sentence) => sentence.includes("too few of them (4)")).length, 3);
});

Deno.test("findKMeansMissing() compares nothing where only one method could cluster", () => {
  assert(!saidOf(["k-pod", ...five(0.6, 0.7)]).some((sentence) => sentence.startsWith("With")));
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

Deno.test("findKMeansMissing() calls prior and imputation the same only where all their numbers are", () => {
  const said = (change: Partial<MissingFit>) => {
    const runs = [0.4, 0.7].flatMap((rate) =>
      (["feature-mean-prior", "mean-imputation"] as const).flatMap((method) =>
        [7, 8].map((seed): MissingRun => {
          const changed = method === "mean-imputation" && rate === 0.7 && seed === 8;
          const fit = { ...template.fit!, nmi: 0.3 + seed, ...changed ? change : {} };
          return { ...template, rate, method, seed, fit };
        })
      )
    );
    return findKMeansMissing(resultOf({ rates: [0.4, 0.7], runs }), words, format)
      .some((sentence) => sentence.includes("the same algorithm"));
  };
  assert.equal(said({}), true);
  assert.equal(said({ elapsedMs: 1e6 }), true);
  const { fit } = template;
  assert.equal(said({ iterations: fit!.iterations + 1 }), false);
  assert.equal(said({ ariToComplete: fit!.ariToComplete + 1e-6 }), false);
  assert(
    !saidOf(["feature-mean-prior", 0.5]).some((sentence) =>
      sentence.includes("the same algorithm")
    ),
  );
});

Deno.test("findKMeansMissing() compares priors at the highest rate up to 80%, where both could cluster", () => {
  const said = (zero: readonly number[], centred: readonly number[]) => {
    const runsAt = (rate: number) =>
      ([["zero-prior", zero], ["feature-mean-prior", centred]] as const).flatMap((
        [method, values],
      ) =>
        values.map((nmi, seed) => ({
          ...runOf(method, rate, seed),
          fit: { ...template.fit!, nmi: rate === 0.9 ? 0 : nmi },
        }))
      );
    const runs = [0.8, 0.9].flatMap(runsAt);
    return findKMeansMissing(resultOf({ rates: [0.8, 0.9], runs }), words, format);
  };
  const matters =
    "matters: at 80% missing, NMI with the classes is 0.250 with a prior mean of 0 and";
  assertSays(said(five(0.2, 0.3), five(0.5, 0.6)), matters);
  assertSays(said(five(0.2, 0.3), five(0.1, 0.15)), matters);
  assertSays(said(five(0.2, 0.3), five(0.3, 0.4)), "each pixel: no difference is shown.");
  assertSays(said([0.2, 0.3], [0.5, 0.6]), "too few seeds to show that it matters");
  const all = resultOf({}).payload.runs.filter(({ method }) => method !== "zero-prior");
  assert(
    !findKMeansMissing(resultOf({ runs: all }), words, format)
      .some((sentence) => sentence.includes("prior mean")),
  );
});

Deno.test("findKMeansMissing() says from where on a method fails only where it fails throughout", () => {
  const said = (...failures: readonly (readonly [rate: number, MissingRun["failure"]])[]) => {
    const runs = failures.map(([rate, failure], seed) => ({
      ...template,
      rate,
      method: "complete-rows" as const,
      seed,
      fit: failure ? null : template.fit,
      failure,
    }));
    return findKMeansMissing(resultOf({ runs, methods: ["complete-rows"] }), words, format)
      .filter((sentence) => /(cannot|could not) form clusters/.test(sentence));
  };
  assert.deepEqual(said([0.4, null], [0.7, null]), []);
  assert.deepEqual(said([0.4, null], [0.7, "no-complete-rows"], [0.7, "too-few-complete-rows"]), [
    "From 70% missing on, the method “complete rows” cannot form clusters: fewer complete images than clusters.",
  ]);
  // One of two seeds still could at 70%.
  assert.deepEqual(
    said([0.4, null], [0.7, "too-few-complete-rows"], [0.7, null], [0.9, "no-complete-rows"]),
    [
      "Up to 70% missing, the method “complete rows” could not form clusters in 1 of 3 runs: too few images were complete.",
      "From 90% missing on, the method “complete rows” cannot form clusters: no image is complete.",
    ],
  );
  assert.deepEqual(said([0.4, "too-few-complete-rows"], [0.4, null]), [
    "Up to 40% missing, the method “complete rows” could not form clusters in 1 of 2 runs: too few images were complete.",
  ]);
});

Deno.test("valuesOf() gives the numbers of one method at one rate, where it could cluster", () => {
  const values = valuesOf(resultOf({}), "k-pod", 0.7, (fit) => fit.ariToComplete);
  assertAllClose(values.toSorted(), [0.57, 0.575, 0.58, 0.585, 0.59], { rtol: 1e-12 });
  assert.deepEqual(valuesOf(resultOf({}), "complete-rows", 0.9, (fit) => fit.ari), []);
  assert.equal(middleRate(resultOf({ rates: [0.1, 0.3, 0.6, 0.8] })), 0.6);
});

Deno.test("timeNoise() is the largest difference between medians of the two methods that are one", () => {
  const of = (...elapsed: readonly (readonly [rate: number, prior: number, imputed: number])[]) =>
    elapsed.flatMap(([rate, prior, imputed], at) =>
      ([["feature-mean-prior", prior], ["mean-imputation", imputed]] as const).map((
        [method, elapsedMs],
      ): MissingRun => ({
        ...template,
        rate,
        method,
        seed: at,
        fit: { ...template.fit!, elapsedMs },
      }))
    );
  const [low, high] = [0.4, 0.7];
  const runs = of([low, 10, 90], [low, 20, 25], [low, 90, 10], [high, 30, 20]);
  // Medians of 20 and 25 at the one, and 30 and 20 at the other.
  assert.equal(timeNoise(resultOf({ rates: [low, high], runs })), 0.5);
  assert.equal(timeNoise(resultOf({})), null);
});

Deno.test("isSameAlgorithm() needs runs of both methods, at the same rates and seeds, that could cluster", () => {
  const of = (method: MissingMethod, change: Partial<MissingRun> = {}): MissingRun => ({
    ...template,
    method,
    rate: 0.4,
    seed: 1,
    ...change,
  });
  const [prior, imputed] = [of("feature-mean-prior"), of("mean-imputation")];
  const isSame = (...runs: readonly MissingRun[]) => isSameAlgorithm(resultOf({ runs }));
  assert.equal(isSame(prior, imputed), true);
  assert.equal(isSame(), false);
  assert.equal(isSame(prior), false);
  assert.equal(isSame(imputed), false);
  assert.equal(isSame(prior, imputed, of("mean-imputation", { seed: 2 })), false);
  assert.equal(isSame(prior, of("mean-imputation", { seed: 2 })), false);
  assert.equal(isSame(prior, of("mean-imputation", { fit: null })), false);
  assert.equal(isSame(of("feature-mean-prior", { fit: null }), imputed), false);
  const large = { ...template.fit!, centroidError: 1e6 };
  const near = { ...large, centroidError: 1e6 + 1e-4 };
  assert.equal(isSame({ ...prior, fit: large }, { ...imputed, fit: near }), true);
});

Deno.test("findKMeansMissing() gives the reason of the first rate at which a method fails", () => {
  const runs = ([[0.7, "no-complete-rows"], [0.9, "too-few-complete-rows"]] as const).map((
    [rate, failure],
    seed,
  ): MissingRun => ({ ...template, rate, method: "complete-rows", seed, fit: null, failure }));
  assertSays(
    findKMeansMissing(resultOf({ runs, methods: ["complete-rows"] }), words, format),
    "From 70% missing on, the method “complete rows” cannot form clusters: no image is complete.",
  );
});

Deno.test("findKMeansMissing() speaks of the start only where several starts differ with nothing missing", () => {
  const said = (...aris: number[]) =>
    findKMeansMissing(
      resultOf({
        rates: [0, 0.4],
        methods: ["k-pod"],
        runs: [0, 0.4].flatMap((rate) =>
          aris.map((ariToComplete, seed) => ({
            ...runOf("k-pod", rate, seed),
            fit: { ...template.fit!, ariToComplete },
          }))
        ),
      }),
      words,
      format,
    ).some((sentence) => sentence.startsWith("It is that of one start"));
  assert.deepEqual([said(1, 0.5), said(1, 1), said(0.5)], [true, false, false]);
});
