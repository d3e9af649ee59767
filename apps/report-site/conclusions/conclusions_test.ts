import assert from "node:assert/strict";
import { textIn } from "../language/catalogue.ts";
import { formatFor } from "../language/format.ts";
import { exampleResults } from "../testing/example_results.ts";
import { findClassifier } from "./classifier.ts";
import { findGmmNotebook } from "./gmm_notebook.ts";
import { findGmmOod } from "./gmm_ood.ts";
import { headlinesOf } from "./headlines.ts";
import { findKMeansInit } from "./kmeans_init.ts";
import { findKMeansMissing } from "./kmeans_missing.ts";
import { findOodCalibration } from "./ood_calibration.ts";
import { findOodCollapse } from "./ood_collapse.ts";
import { findOodDetectors } from "./ood_detectors.ts";

type Run = { start: string; inertia: number };

const text = textIn("en");
const format = formatFor("en");

function includes(sentences: readonly string[], part: string): void {
  assert(
    sentences.some((sentence) => sentence.includes(part)),
    `${part} in ${sentences.join(" ")}`,
  );
}

Deno.test("findKMeansInit() says what the numbers say about the starts", () => {
  const found = findKMeansInit(exampleResults["kmeans-init"], text, format);
  includes(found, "60.0% of the images lie in a cluster whose majority is their class");
  includes(found, "found worst are three (26%), two (62%), and one (67%)");
  includes(found, "From random images, k-means takes 11 iterations in the median (10 to 12)");
  includes(found, "k-means++ was not better than random images here");
  includes(found, "2 of 7 runs stopped at the iteration limit");
});

Deno.test("findKMeansInit() says that k-means++ was better when it was", () => {
  const result = structuredClone(exampleResults["kmeans-init"]);
  for (const run of result.payload.runs as unknown as Run[]) {
    if (run.start === "k-means++") run.inertia /= 2;
  }
  includes(findKMeansInit(result, text, format), "k-means++ was better than random images here");
});

Deno.test("findKMeansMissing() names the best, the worst and what fails", () => {
  const found = findKMeansMissing(exampleResults["kmeans-missing"], text, format);
  includes(found, "With 50% of the pixels missing, mean prior and mean imputation stay closest");
  includes(found, "zero prior ends farthest");
  includes(found, "they give the same clustering at every rate");
  includes(found, "From 20% missing on, complete rows cannot cluster at all");
});

Deno.test("findClassifier() gives accuracy with its interval, confusions and calibration", () => {
  const found = findClassifier(exampleResults.classifier, text, format);
  includes(found, "94.00% of the test images");
  includes(found, "89.80–96.50%; 188 of 200");
  includes(found, "one taken for two (5)");
  includes(found, "surer than it should be");
  includes(found, "95.00%, came after epoch 2 of 3");
});

Deno.test("findGmmNotebook() puts our numbers beside the published ones", () => {
  const found = findGmmNotebook(exampleResults["gmm-notebook"], text, format);
  includes(found, "best AUC is 0.49, at 1 component; it published 0.40");
  includes(found, "the best AUC is 0.63, at 5 components");
});

Deno.test("findGmmOod() chooses without looking at out-of-distribution data", () => {
  const found = findGmmOod(exampleResults["gmm-ood"], text, format);
  includes(found, "AUROC 0.975");
  includes(found, "with 5 components".replace("w", "W"));
  includes(found, "The reason is in the features: they use 14.0 of 25 directions");
});

Deno.test("findGmmOod() does not blame the features when decay does no harm", () => {
  const result = structuredClone(exampleResults["gmm-ood"]);
  const outcomes = result.payload.byWeightDecay as unknown as {
    byComponents: { separation: { auroc: number } }[];
  }[];
  for (const row of outcomes[3].byComponents) row.separation.auroc = 0.99;
  const found = findGmmOod(result, text, format);
  assert(!found.some((sentence) => sentence.includes("The reason is")));
});

Deno.test("headlinesOf() has one headline for each experiment that was run", () => {
  assert.equal(headlinesOf(exampleResults, text, format).length, 10);
  assert.deepEqual(headlinesOf({}, text, format), []);
  const [only] = headlinesOf({ classifier: exampleResults.classifier }, text, format);
  assert.equal(only.number, "94.00%");
  assert.equal(only.uncertainty, "95% interval 89.80–96.50%");
});

Deno.test("headlinesOf() asks a question of each experiment, and is sure of what is counted only", () => {
  const headlines = headlinesOf(exampleResults, text, format);
  assert(headlines.every(({ question }) => question.endsWith("?")));
  const sure = headlines.filter(({ uncertainty }) => uncertainty === undefined);
  assert.deepEqual(sure.map(({ page }) => page), ["data", "derivations/mixtures"]);
  const of = (page: string) => headlines.find((one) => one.page === page)?.uncertainty;
  assert.equal(of("kmeans"), "58.0% to 60.0% over 7 runs");
});

Deno.test("findOodDetectors() names the leader, who is level with it, and the hardest set", () => {
  const found = findOodDetectors(exampleResults["ood-detectors"], text, format);
  includes(found, "the best on average is `gmm++` on the reference network");
  includes(found, "significantly ahead of every other detector");
  includes(found, "can tell, level with it: `msp`");
  includes(found, "The hardest set is held-out classes");
  includes(found, "accepts 94.0% to 95.0% of fresh ones");
});

Deno.test("findOodCollapse() says what decay does and whether scaling repairs it", () => {
  const found = findOodCollapse(exampleResults["ood-collapse"], text, format);
  includes(found, "use 14.0 of 25 directions, at 0.01 they use 5.0");
  includes(found, "Scaling activations to length 1 helps at weight decay 0.01");
  includes(found, "2 of 24 mixtures could not be fitted");
});

Deno.test("findOodCalibration() counts the promises that are kept", () => {
  const found = findOodCalibration(exampleResults["ood-calibration"], text, format);
  includes(found, "Thresholds that should accept 95% accept 95.0% to 95.5%");
  includes(found, "1 of 2 detectors");
  includes(found, "6 of 12 settings");
});
