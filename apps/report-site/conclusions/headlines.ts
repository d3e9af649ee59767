import type { Interval } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import type { Results } from "../page.ts";
import { aucInterval, maximumBy, mean, minimumBy } from "../statistics.ts";
import { componentsText } from "./gmm_notebook.ts";
import { chosenMixture, mostAccurate } from "./gmm_ood.ts";
import { bestRepresentative, runOf } from "./kmeans_init.ts";
import { agreementAt, middleRate, overSeeds } from "./kmeans_missing.ts";
import { leaderOf, lowestOf, widestInterval } from "./ood_detectors.ts";

/** The answer of one experiment, in a number and a sentence. */
export interface Headline {
  /** Path of the page that says more. */
  readonly page: string;
  /** Name of that page. */
  readonly title: string;
  /** What was asked. */
  readonly question: string;
  /** The number. */
  readonly number: string;
  /** What it is. */
  readonly sentence: string;
  /** How sure it is; nothing for what is counted or proven. */
  readonly uncertainty?: string;
}

type Make = (results: Results, text: Catalogue, format: Format) => Headline | undefined;

const makers: readonly Make[] = [
  dataHeadline,
  kMeansHeadline,
  missingHeadline,
  classifierHeadline,
  mixturesHeadline,
  detectorsHeadline,
  collapseHeadline,
  calibrationHeadline,
  notebookHeadline,
  derivationsHeadline,
];

/** The answers of the experiments that have been run. */
export function headlinesOf(results: Results, text: Catalogue, format: Format): Headline[] {
  return makers.flatMap((make) => make(results, text, format) ?? []);
}

function dataHeadline({ data }: Results, text: Catalogue, format: Format): Headline | undefined {
  const inside = data?.data.find((one) => one.role === "in-distribution");
  if (!inside) return undefined;
  return {
    page: "data",
    title: text.data.title,
    question: text.overview.asked.data,
    number: format.count(inside.rows.train),
    sentence: text.overview.dataHeadline(
      format.count(inside.rows.test),
      format.count(inside.classNames.length),
    ),
  };
}

function kMeansHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["kmeans-init"];
  if (!result) return undefined;
  const best = bestRepresentative(result);
  const purities = result.payload.runs.map((run) => run.purity);
  return {
    page: "kmeans",
    title: text.kmeans.title,
    question: text.overview.asked.kmeans,
    number: format.percent(runOf(result, best).purity),
    sentence: text.overview.kmeansHeadline(text.kmeans.startsInProse[best.start]),
    uncertainty: text.overview.overRuns(
      format.percent(Math.min(...purities)),
      format.percent(Math.max(...purities)),
      format.count(purities.length),
    ),
  };
}

function missingHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["kmeans-missing"];
  if (!result) return undefined;
  const rate = middleRate(result);
  const agreements = agreementAt(result, rate);
  if (agreements.length === 0) return undefined;
  const best = maximumBy(agreements, (one) => one.ari);
  const over = overSeeds(result, best.method, rate, (fit) => fit.ariToComplete);
  return {
    page: "missing-entries",
    title: text.missing.title,
    question: text.overview.asked.missing,
    number: format.decimal(best.ari),
    sentence: text.overview.missingHeadline(
      format.percent(rate, 0),
      text.missing.methods[best.method],
    ),
    uncertainty: over === null || over.low === over.high
      ? text.overview.oneSeed
      : text.overview.overSeeds(format.decimal(over.low, 3), format.decimal(over.high, 3)),
  };
}

function classifierHeadline(
  { classifier }: Results,
  text: Catalogue,
  format: Format,
): Headline | undefined {
  if (!classifier) return undefined;
  const { value, interval } = classifier.payload.testAccuracy;
  return {
    page: "classifier",
    title: text.classifier.title,
    question: text.overview.asked.classifier,
    number: format.percent(value, 2),
    sentence: text.overview.classifierHeadline,
    uncertainty: text.overview.interval(format.percentInterval(interval, 2)),
  };
}

function mixturesHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["gmm-ood"];
  if (!result) return undefined;
  const outcome = mostAccurate(result);
  const { separation, components } = chosenMixture(outcome);
  return {
    page: "mixtures",
    title: text.mixtures.title,
    question: text.overview.asked.mixtures,
    number: format.decimal(separation.auroc, 3),
    sentence: text.overview.mixturesHeadline(
      componentsText(components, text, format),
      format.weight(outcome.weightDecay),
    ),
    uncertainty: separation.aurocInterval === null
      ? undefined
      : text.overview.interval(rangeText(separation.aurocInterval, format)),
  };
}

function detectorsHeadline(
  results: Results,
  text: Catalogue,
  format: Format,
): Headline | undefined {
  const result = results["ood-detectors"];
  if (!result) return undefined;
  const leader = leaderOf(result);
  const interval = widestInterval(result, leader);
  return {
    page: "detectors",
    title: text.detectors.title,
    question: text.overview.asked.detectors,
    number: format.decimal(leader.mean, 3),
    sentence: text.overview.detectorsHeadline(
      leader.detector,
      format.count(leader.aurocs.length),
      format.decimal(lowestOf(leader).auroc, 3),
    ),
    uncertainty: interval && text.overview.widestInterval(rangeText(interval, format)),
  };
}

function collapseHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["ood-collapse"];
  if (!result) return undefined;
  const { byWeightDecay, units } = result.payload;
  const low = byWeightDecay[0];
  const high = byWeightDecay[byWeightDecay.length - 1];
  return {
    page: "collapse",
    title: text.collapse.title,
    question: text.overview.asked.collapse,
    number: format.decimal(high.effectiveRank, 1),
    sentence: text.overview.collapseHeadline(
      format.count(units),
      format.weight(high.weightDecay),
      format.decimal(low.effectiveRank, 1),
    ),
    uncertainty: text.overview.oneNetwork,
  };
}

function calibrationHeadline(
  results: Results,
  text: Catalogue,
  format: Format,
): Headline | undefined {
  const result = results["ood-calibration"];
  if (!result) return undefined;
  const wanted = minimumBy(result.payload.tpr, (one) => Math.abs(one.wanted - 0.95)).wanted;
  const outcomes = result.payload.tpr.filter((one) => one.wanted === wanted);
  const means = outcomes.map((one) => one.spread.mean);
  const achieved = outcomes.flatMap((one) => one.achieved);
  return {
    page: "calibration",
    title: text.calibration.title,
    question: text.overview.asked.calibration,
    number: format.percent(mean(means)),
    sentence: text.overview.calibrationHeadline(format.percent(wanted, 0)),
    uncertainty: text.overview.overSplits(
      format.percent(Math.min(...achieved)),
      format.percent(Math.max(...achieved)),
      format.count(outcomes.length),
    ),
  };
}

function notebookHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["gmm-notebook"];
  if (!result) return undefined;
  const best = maximumBy(result.payload.byComponents, (row) => row.aucAsPublished);
  const { inDistribution, outOfDistribution } = result.payload.rows;
  return {
    page: "notebook",
    title: text.notebook.title,
    question: text.overview.asked.notebook,
    number: format.decimal(best.aucAsPublished),
    sentence: text.overview.notebookHeadline(format.decimal(best.aucCorrected)),
    uncertainty: text.overview.interval(
      rangeText(aucInterval(best.aucAsPublished, inDistribution, outOfDistribution), format),
    ),
  };
}

function derivationsHeadline(
  { derivations }: Results,
  text: Catalogue,
  format: Format,
): Headline | undefined {
  if (!derivations) return undefined;
  const { checks } = derivations.payload;
  const passed = format.count(checks.filter((check) => check.passed).length);
  return {
    page: "derivations/mixtures",
    title: text.site.experimentNames.derivations,
    question: text.overview.asked.derivations,
    number: passed,
    sentence: text.overview.derivationsHeadline(passed, format.count(checks.length)),
  };
}

function rangeText({ low, high }: Pick<Interval, "low" | "high">, format: Format): string {
  return `${format.decimal(low, 3)}–${format.decimal(high, 3)}`;
}
