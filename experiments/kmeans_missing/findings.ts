import {
  type Answer,
  type Format,
  maximumBy,
  mean,
  minimumBy,
  type Span,
  spanOf,
} from "@mixtape/report-site/components";
import { compareRuns } from "../compare.ts";
import type { KMeansMissingResult, MissingFit, MissingMethod } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Summarises a number over the seeds; null if the method could not cluster. */
export function overSeeds(
  result: KMeansMissingResult,
  method: MissingMethod,
  rate: number,
  value: (fit: MissingFit) => number,
): Span | null {
  const values = result.payload.runs
    .filter((run) => run.method === method && run.rate === rate)
    .flatMap((run) => run.fit ? [value(run.fit)] : []);
  return values.length === 0 ? null : spanOf(values);
}

/** The rate nearest to a half, at which methods are compared in words. */
export function middleRate(result: KMeansMissingResult): number {
  return minimumBy(result.payload.rates, (rate) => Math.abs(rate - 0.5));
}

/** Agreement of a method with the complete data. */
interface Agreement {
  readonly method: MissingMethod;
  /** Mean over the seeds. */
  readonly ari: number;
  /** One per seed. */
  readonly values: readonly number[];
}

/** Each method that could cluster at a rate, with its agreement with the complete data. */
function agreementAt({ payload }: KMeansMissingResult, rate: number): Agreement[] {
  return payload.methods.flatMap((method): Agreement[] => {
    const values = payload.runs.flatMap((run) =>
      run.method === method && run.rate === rate && run.fit ? [run.fit.ariToComplete] : []
    );
    return values.length === 0 ? [] : [{ method, ari: mean(values), values }];
  });
}

/** The lowest rate with something missing, the middle one and the highest. */
function comparedRates(result: KMeansMissingResult): number[] {
  const rates = result.payload.rates.filter((rate) => rate > 0);
  const chosen = [Math.min(...rates), middleRate(result), Math.max(...rates)];
  return rates.filter((rate) => chosen.includes(rate));
}

/** Returns the findings of the experiment `kmeans-missing`, one sentence each. */
export function findKMeansMissing(
  result: KMeansMissingResult,
  t: Words,
  format: Format,
): string[] {
  const { complete } = result.payload;
  return [
    ...comparedRates(result).flatMap((rate) => comparison(result, rate, t, format)),
    ...priors(result, t, format),
    ...sameAlgorithm(result, t),
    ...failures(result, t, format),
    t.findingComplete(format.decimal(complete.nmi), format.decimal(complete.ari)),
  ];
}

function comparison(
  result: KMeansMissingResult,
  rate: number,
  t: Words,
  format: Format,
): string[] {
  const agreements = agreementAt(result, rate);
  if (agreements.length === 0) return [];
  const best = maximumBy(agreements, (one) => one.ari);
  const worst = minimumBy(agreements, (one) => one.ari);
  const shown = format.percent(rate, 0);
  const [high, low] = [best, worst].map((one) => format.decimal(one.ari));
  if (best.values.length < 2) {
    return [t.findingOneSeed(shown, t.methods[worst.method], low, t.methods[best.method], high)];
  }
  const level = agreements.filter((one) => compareRuns(best.values, one.values) !== "more");
  if (level.length === agreements.length) return [t.findingTie(shown, low, high)];
  const names = format.list(level.map((one) => t.methods[one.method]));
  const sentence = level.length === 1 ? t.findingAt : t.findingAtLevel;
  return [sentence(shown, names, high, t.methods[worst.method], low)];
}

function priors(result: KMeansMissingResult, t: Words, format: Format): string[] {
  const rate = Math.max(...result.payload.rates.filter((one) => one <= 0.8));
  const zero = overSeeds(result, "zero-prior", rate, (fit) => fit.nmi);
  const centred = overSeeds(result, "feature-mean-prior", rate, (fit) => fit.nmi);
  if (!zero || !centred) return [];
  return [
    t.findingPrior(
      format.percent(rate, 0),
      format.decimal(zero.mean, 3),
      format.decimal(centred.mean, 3),
    ),
  ];
}

function sameAlgorithm(result: KMeansMissingResult, t: Words): string[] {
  const { rates } = result.payload;
  const same = rates.every((rate) => {
    const prior = overSeeds(result, "feature-mean-prior", rate, (fit) => fit.ariToComplete);
    const imputed = overSeeds(result, "mean-imputation", rate, (fit) => fit.ariToComplete);
    return prior && imputed && Math.abs(prior.mean - imputed.mean) < 1e-9;
  });
  return same ? [t.findingSame] : [];
}

function failures(result: KMeansMissingResult, t: Words, format: Format): string[] {
  return result.payload.methods.flatMap((method) => {
    const failed = result.payload.runs.filter((run) => run.method === method && run.failure);
    if (failed.length === 0) return [];
    const first = minimumBy(failed, (run) => run.rate);
    return [
      t.findingFails(
        t.methods[method],
        format.percent(first.rate, 0),
        t.failures[first.failure!],
      ),
    ];
  });
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  result: KMeansMissingResult,
  t: Words,
  format: Format,
): Answer | undefined {
  const rate = middleRate(result);
  const agreements = agreementAt(result, rate);
  if (agreements.length === 0) return undefined;
  const best = maximumBy(agreements, (one) => one.ari);
  const over = overSeeds(result, best.method, rate, (fit) => fit.ariToComplete);
  return {
    number: format.decimal(best.ari),
    sentence: t.headline(format.percent(rate, 0), t.methods[best.method]),
    uncertainty: over === null || over.low === over.high
      ? t.oneSeed
      : t.overSeeds(format.decimal(over.low, 3), format.decimal(over.high, 3)),
  };
}
