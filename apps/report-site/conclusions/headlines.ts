import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import type { Results } from "../page.ts";
import { maximumBy, mean, minimumBy } from "../statistics.ts";
import { componentsText } from "./gmm_notebook.ts";
import { chosenMixture, mostAccurate } from "./gmm_ood.ts";
import { bestRepresentative, runOf } from "./kmeans_init.ts";
import { agreementAt, middleRate } from "./kmeans_missing.ts";
import { leaderOf, lowestOf } from "./ood_detectors.ts";

/** The answer of one experiment, in a number and a sentence. */
export interface Headline {
  /** Path of the page that says more. */
  readonly page: string;
  /** Name of that page. */
  readonly title: string;
  /** The number. */
  readonly number: string;
  /** What it is. */
  readonly sentence: string;
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
  return {
    page: "kmeans",
    title: text.kmeans.title,
    number: format.percent(runOf(result, best).purity),
    sentence: text.overview.kmeansHeadline(text.kmeans.startsInProse[best.start]),
  };
}

function missingHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["kmeans-missing"];
  if (!result) return undefined;
  const rate = middleRate(result);
  const agreements = agreementAt(result, rate);
  if (agreements.length === 0) return undefined;
  const best = maximumBy(agreements, (one) => one.ari);
  return {
    page: "missing-entries",
    title: text.missing.title,
    number: format.decimal(best.ari),
    sentence: text.overview.missingHeadline(
      format.percent(rate, 0),
      text.missing.methods[best.method],
    ),
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
    number: format.percent(value, 2),
    sentence: text.overview.classifierHeadline(format.percentInterval(interval, 2)),
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
    number: format.decimal(separation.auroc, 3),
    sentence: text.overview.mixturesHeadline(
      componentsText(components, text, format),
      format.weight(outcome.weightDecay),
    ),
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
  return {
    page: "detectors",
    title: text.detectors.title,
    number: format.decimal(leader.mean, 3),
    sentence: text.overview.detectorsHeadline(
      leader.detector,
      format.count(leader.aurocs.length),
      format.decimal(lowestOf(leader).auroc, 3),
    ),
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
    number: format.decimal(high.effectiveRank, 1),
    sentence: text.overview.collapseHeadline(
      format.count(units),
      format.weight(high.weightDecay),
      format.decimal(low.effectiveRank, 1),
    ),
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
  const means = result.payload.tpr.filter((one) => one.wanted === wanted)
    .map((one) => one.spread.mean);
  return {
    page: "calibration",
    title: text.calibration.title,
    number: format.percent(mean(means)),
    sentence: text.overview.calibrationHeadline(format.percent(wanted, 0)),
  };
}

function notebookHeadline(results: Results, text: Catalogue, format: Format): Headline | undefined {
  const result = results["gmm-notebook"];
  if (!result) return undefined;
  const best = maximumBy(result.payload.byComponents, (row) => row.aucAsPublished);
  return {
    page: "notebook",
    title: text.notebook.title,
    number: format.decimal(best.aucAsPublished),
    sentence: text.overview.notebookHeadline(format.decimal(best.aucCorrected)),
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
    number: passed,
    sentence: text.overview.derivationsHeadline(passed, format.count(checks.length)),
  };
}
