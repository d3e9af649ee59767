import {
  type Answer,
  type Format,
  maximumBy,
  minimumBy,
  type Span,
  spanOf,
} from "@mixtape/report-site/components";
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

/** Each method that could cluster at a rate, with its mean agreement with the complete data. */
function agreementAt(
  result: KMeansMissingResult,
  rate: number,
): { method: MissingMethod; ari: number }[] {
  return result.payload.methods.flatMap((method) => {
    const agreement = overSeeds(result, method, rate, (fit) => fit.ariToComplete);
    return agreement ? [{ method, ari: agreement.mean }] : [];
  });
}

/** Returns the findings of the experiment `kmeans-missing`, one sentence each. */
export function findKMeansMissing(
  result: KMeansMissingResult,
  t: Words,
  format: Format,
): string[] {
  const { complete } = result.payload;
  return [
    ...comparison(result, t, format),
    ...priors(result, t, format),
    ...sameAlgorithm(result, t),
    ...failures(result, t, format),
    t.findingComplete(format.decimal(complete.nmi), format.decimal(complete.ari)),
  ];
}

function comparison(result: KMeansMissingResult, t: Words, format: Format): string[] {
  const rate = middleRate(result);
  const agreements = agreementAt(result, rate);
  if (agreements.length === 0) return [];
  const best = maximumBy(agreements, (one) => one.ari);
  const worst = minimumBy(agreements, (one) => one.ari);
  const level = agreements.filter((one) => best.ari - one.ari < 0.005);
  const shown = format.percent(rate, 0);
  const names = format.list(level.map((one) => t.methods[one.method]));
  if (level.length === agreements.length) {
    return [t.findingTie(shown, names, format.decimal(best.ari))];
  }
  return [
    t.findingAt(
      shown,
      names,
      format.isSingular(level.length),
      format.decimal(best.ari),
      t.methods[worst.method],
      format.decimal(worst.ari),
    ),
  ];
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
