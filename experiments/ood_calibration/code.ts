// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { achievedTpr, calibrateThreshold, conformalPValues, detectorNamed } from "@mixtape/ood";

const digits = await loadDataset("digits-8x8");
const clothes = await loadDataset("fashion-8x8");

using network = await mlpClassifier(digits.train.images, digits.train.labels, { batchSize: 32 });

const { images, labels } = digits.train;
const training = { ...await network.evidence(images), labels };
using detector = await detectorNamed("ddu")(training);
const scores = await detector.score(await network.evidence(digits.test.images));
const foreign = await detector.score(await network.evidence(clothes.test.images));

// Calibrate on some of the digits that neither has seen, and see if the promise holds on the others.
const [heldOut, fresh] = [scores.slice(0, 300), scores.slice(300)];
const threshold = calibrateThreshold(heldOut, { tpr: 0.95 });
console.log({ calibratedOn: heldOut.length, fresh: fresh.length });
console.log("accepted of fresh digits:", achievedTpr(fresh, threshold).tpr.toFixed(3));
for (const [name, some] of [["digits", fresh], ["clothes", foreign]] as const) {
  const small = conformalPValues(heldOut, some).filter((p) => p <= 0.05).length;
  console.log(`p-values up to 0.05 of ${name}: ${(small / some.length).toFixed(3)}`);
}
