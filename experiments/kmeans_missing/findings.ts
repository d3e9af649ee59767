import {
  type Answer,
  type Format,
  maximumBy,
  mean,
  median,
  minimumBy,
  spanOf,
} from "@mixtape/report-site/components";
import { compareRuns, runsSuffice } from "../compare.ts";
import type { KMeansMissingResult, MissingFit, MissingMethod } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The values of a number, one per seed at which the method could cluster. */
export function valuesOf(
  result: KMeansMissingResult,
  method: MissingMethod,
  rate: number,
  value: (fit: MissingFit) => number,
): number[] {
  return result.payload.runs
    .filter((run) => run.method === method && run.rate === rate)
    .flatMap((run) => run.fit ? [value(run.fit)] : []);
}

/** The rate nearest to a half, at which methods are compared in words. */
export function middleRate(result: KMeansMissingResult): number {
  return minimumBy(result.payload.rates, (rate) => Math.abs(rate - 0.5));
}

/** A measure of a method at a rate. */
interface Measured {
  readonly method: MissingMethod;
  /** Mean over the seeds. */
  readonly mean: number;
  /** One per seed. */
  readonly values: readonly number[];
}

/** Each method that could cluster at a rate, with a measure of it. */
function measuredAt(
  result: KMeansMissingResult,
  rate: number,
  value: (fit: MissingFit) => number,
): Measured[] {
  return result.payload.methods.flatMap((method): Measured[] => {
    const values = valuesOf(result, method, rate, value);
    return values.length === 0 ? [] : [{ method, mean: mean(values), values }];
  });
}

/** Each method that could cluster at a rate, with its agreement with the complete data. */
function agreementAt(result: KMeansMissingResult, rate: number): Measured[] {
  return measuredAt(result, rate, (fit) => fit.ariToComplete);
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
    ...startsAlone(result, t, format),
  ];
}

/** The number of comparisons that the findings make, which share the chance of error: one per rate, and the priors. */
export function comparisonsOf(result: KMeansMissingResult): number {
  return comparedRates(result).length + 1;
}

function comparison(
  result: KMeansMissingResult,
  rate: number,
  t: Words,
  format: Format,
): string[] {
  const agreements = agreementAt(result, rate);
  if (agreements.length < 2) return [];
  const best = maximumBy(agreements, (one) => one.mean);
  const worst = minimumBy(agreements, (one) => one.mean);
  const shown = format.percent(rate, 0);
  const [high, low] = [best, worst].map((one) => format.decimal(one.mean));
  const others = agreements.filter((one) => one !== best);
  const options = { comparisons: comparisonsOf(result) };
  if (!others.some((one) => runsSuffice(best.values.length, one.values.length, options))) {
    const runs = format.count(best.values.length);
    return [t.findingFew(shown, t.methods[worst.method], low, t.methods[best.method], high, runs)];
  }
  const behind = others.filter((one) => compareRuns(best.values, one.values, options) === "more");
  const level = others.filter((one) => !behind.includes(one));
  if (behind.length === 0) return [t.findingTie(shown, low, high)];
  if (level.length === 0) {
    return [t.findingAt(shown, t.methods[best.method], high, t.methods[worst.method], low)];
  }
  const namesOf = (list: readonly Measured[]) =>
    format.list(list.map((one) => t.methods[one.method]));
  return [t.findingAtLevel(shown, t.methods[best.method], high, namesOf(level), namesOf(behind))];
}

/** The highest rate up to 80%, at which priors are compared: beyond, little is left of any clustering. */
function priors(result: KMeansMissingResult, t: Words, format: Format): string[] {
  const rate = Math.max(...result.payload.rates.filter((one) => one <= 0.8));
  const measured = measuredAt(result, rate, (fit) => fit.nmi);
  const zero = measured.find(({ method }) => method === "zero-prior");
  const centred = measured.find(({ method }) => method === "feature-mean-prior");
  if (!zero || !centred) return [];
  const options = { comparisons: comparisonsOf(result) };
  const differ = compareRuns(zero.values, centred.values, options) !== "open";
  const enough = runsSuffice(zero.values.length, centred.values.length, options);
  return [
    (differ ? t.findingPrior : enough ? t.findingPriorOpen : t.findingPriorFew)(
      format.percent(rate, 0),
      format.decimal(zero.mean, 3),
      format.decimal(centred.mean, 3),
    ),
  ];
}

/** Returns true if runs with the mean prior and with mean imputation have the same numbers throughout. */
export function isSameAlgorithm({ payload: { runs } }: KMeansMissingResult): boolean {
  const [prior, imputed] = (["feature-mean-prior", "mean-imputation"] as const).map((method) =>
    runs.filter((run) => run.method === method)
  );
  const measures = ["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"];
  return prior.length > 0 && prior.length === imputed.length &&
    prior.every(({ rate, seed, fit }) => {
      const twin = imputed.find((run) => run.rate === rate && run.seed === seed)?.fit;
      if (!fit || !twin) return false;
      return (measures as (keyof MissingFit)[]).every((measure) =>
        Math.abs(Number(fit[measure]) - Number(twin[measure])) <=
          1e-9 * Math.abs(Number(fit[measure]))
      );
    });
}

/**
 * The largest difference, at any rate, between median times of the two methods that are the same algorithm, as a share
 * of the shorter: all of it is noise of the machine. Null if no two methods are the same.
 */
export function timeNoise(result: KMeansMissingResult): number | null {
  if (!isSameAlgorithm(result)) return null;
  const elapsed = (rate: number, method: MissingMethod) =>
    median(valuesOf(result, method, rate, (fit) => fit.elapsedMs));
  return Math.max(...result.payload.rates.map((rate) => {
    const both = [elapsed(rate, "feature-mean-prior"), elapsed(rate, "mean-imputation")];
    return Math.max(...both) / Math.min(...both) - 1;
  }));
}

/** Distance of the clusterings of other starts from that of the complete data, where nothing is missing. */
function startsAlone(result: KMeansMissingResult, t: Words, format: Format): string[] {
  const [whole] = agreementAt(result, 0);
  if (whole === undefined || whole.values.length < 2) return [];
  const { low, high } = spanOf(whole.values);
  if (low === 1) return [];
  return [
    t.findingStarts(
      format.count(whole.values.length),
      format.decimal(whole.mean),
      format.decimal(low),
      format.decimal(high),
    ),
  ];
}

function sameAlgorithm(result: KMeansMissingResult, t: Words): string[] {
  return isSameAlgorithm(result) ? [t.findingSame] : [];
}

function failures({ payload }: KMeansMissingResult, t: Words, format: Format): string[] {
  return payload.methods.flatMap((method) => {
    const runs = payload.runs.filter((run) => run.method === method);
    const failed = runs.filter((run) => run.failure);
    if (failed.length === 0) return [];
    const last = Math.max(...runs.flatMap((run) => run.fit ? [run.rate] : []), -1);
    const beyond = failed.filter((run) => run.rate > last);
    const before = failed.length - beyond.length;
    const name = t.methods[method];
    const first = Math.min(...beyond.map((run) => run.rate));
    const reasons = beyond.filter((run) => run.rate === first).map((run) => run.failure!);
    const reason = reasons.find((one) => one === "too-few-complete-rows") ?? reasons[0];
    return [
      ...before === 0 ? [] : [
        t.findingFailsSome(
          format.percent(last, 0),
          name,
          format.count(before),
          format.count(runs.length - beyond.length),
        ),
      ],
      ...beyond.length === 0
        ? []
        : [t.findingFails(name, format.percent(first, 0), t.failures[reason])],
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
  const best = maximumBy(agreements, (one) => one.mean);
  const { low, high } = spanOf(best.values);
  return {
    number: format.decimal(best.mean),
    sentence: t.headline(format.percent(rate, 0), t.methods[best.method]),
    uncertainty: best.values.length === 1
      ? t.oneSeed
      : t.overSeeds(format.decimal(low, 3), format.decimal(high, 3)),
  };
}
