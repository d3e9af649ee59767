import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { clusterOrder, findKMeansInit, headline, majorityShare } from "./findings.ts";
import type { KMeansInitResult, KMeansRepresentative, KMeansRun } from "./result.ts";
import { words } from "./words/en.ts";

type Run = { start: string; inertia: number };

const format = formatFor("en");

Deno.test("findKMeansInit() says what the numbers say about the starts", () => {
  const findings = findKMeansInit(example, words, format);
  assertSays(findings, "60.0% of the images lie in a cluster whose majority is their class");
  assertSays(findings, "found worst are three (26%), two (62%), and one (67%)");
  assertSays(findings, "From random images, k-means takes 11 iterations in the median (10 to 12)");
  assertSays(findings, "k-means++ was not better than random images here");
  assertSays(findings, "2 of 7 runs stopped at the iteration limit");
});

Deno.test("findKMeansInit() says that k-means++ was better when it was", () => {
  const result = structuredClone(example);
  for (const run of result.payload.runs as unknown as Run[]) {
    if (run.start === "k-means++") run.inertia /= 2;
  }
  assertSays(
    findKMeansInit(result, words, format),
    "k-means++ was better than random images here",
  );
});

function runOf(change: Partial<KMeansRun>): KMeansRun {
  return { ...example.payload.runs[0], ...change };
}

const plusPlus = { start: "k-means++", converged: true } as const;
const random = { start: "random", converged: true } as const;
/** k-means++ with seed 8 has the lowest inertia; no number is that of another. */
const runs = [
  runOf({ ...random, seed: 7, iterations: 11, inertia: 5200, purity: 0.51, nmi: 0.31, ari: 0.21 }),
  runOf({ ...random, seed: 8, iterations: 18, inertia: 5150, purity: 0.52, nmi: 0.32, ari: 0.22 }),
  runOf({
    ...plusPlus,
    seed: 7,
    iterations: 23,
    inertia: 5075,
    purity: 0.63,
    nmi: 0.43,
    ari: 0.33,
  }),
  runOf({
    ...plusPlus,
    seed: 8,
    iterations: 24,
    inertia: 5000,
    purity: 0.64,
    nmi: 0.44,
    ari: 0.34,
  }),
  runOf({
    start: "class-means",
    seed: 7,
    converged: false,
    iterations: 35,
    inertia: 5100,
    purity: 0.75,
    nmi: 0.55,
    ari: 0.45,
  }),
];

const representatives = (["random", "k-means++", "class-means"] as const).map((
  start,
  at,
): KMeansRepresentative => ({
  ...example.payload.representatives[0],
  start,
  seed: at < 2 ? 8 : 7,
  classRecall: [[0.1, 0.2, 0.3, 0.4], [0.77, 0.88, 0.55, 0.66], [0.5, 0.6, 0.7, 0.8]][at],
  sharedClusters: [
    { cluster: 1, classes: [2, 0], counts: [41 + at, 32 + at] },
    { cluster: 3, classes: [1, 3], counts: [23 + at, 14 + at] },
  ],
}));

function resultOf(change: Partial<KMeansInitResult["payload"]>): KMeansInitResult {
  return { ...example, payload: { ...example.payload, runs, representatives, ...change } };
}

Deno.test("findKMeansInit() takes each number from where it belongs", () => {
  assert.deepEqual(findKMeansInit(resultOf({}), words, format), [
    "Similar images are grouped together, but clusters are not classes: in the best run (from k-means++), 64.0% of the images lie in a cluster whose majority is their class (NMI 0.44, ARI 0.34).",
    "The classes that are found worst are two (55%), three (66%), and zero (77%) (share that lies in clusters where the class is the majority).",
    "The classes that share clusters most are two with zero (42 and 33 images in one cluster) and one with three (24 and 15 images in one cluster).",
    "From random images, k-means takes 14.5 iterations in the median (11 to 18).",
    "From k-means++, k-means takes 23.5 iterations in the median (23 to 24).",
    "From the class means, k-means takes 35 iterations.",
    "The lowest inertia, 5,000.00, was reached from k-means++; the best of the other starts ended 2.000% higher.",
    "k-means++ was better than random images here: mean inertia 5,037.5 against 5,175.0.",
    "1 of 5 runs stopped at the iteration limit before they converged.",
  ]);
});

Deno.test("findKMeansInit() compares only what was run", () => {
  const alone = resultOf({
    runs: runs.filter(({ start }) => start === "random"),
    representatives: representatives.slice(0, 1).map((one) => ({ ...one, sharedClusters: [] })),
  });
  const findings = findKMeansInit(alone, words, format);
  assert.equal(findings.length, 3);
  assert(
    !findings.some((sentence) => /lowest inertia|k-means\+\+|limit|share clusters/.test(sentence)),
  );
  const without = resultOf({
    runs: runs.filter(({ start }) => start !== "random"),
    representatives: representatives.slice(1),
  });
  const others = findKMeansInit(without, words, format);
  assert(!others.some((sentence) => sentence.includes("random images")));
});

Deno.test("findKMeansInit() calls k-means++ not better where it is level", () => {
  const level = runs.map((run) => ({ ...run, inertia: 5000 }));
  assertSays(
    findKMeansInit(resultOf({ runs: level }), words, format),
    "k-means++ was not better than random images",
  );
});

Deno.test("findKMeansInit() names no more than three pairs of classes", () => {
  const [pair] = representatives[1].sharedClusters;
  const many = representatives.map((one) => ({
    ...one,
    sharedClusters: [1, 2, 3, 4].map((at) => ({ ...pair, counts: [100 + at, 200 + at] })),
  }));
  const [, , shared] = findKMeansInit(resultOf({ representatives: many }), words, format);
  assert.match(shared, /103 and 203/);
  assert.doesNotMatch(shared, /104/);
});

Deno.test("headline() of kmeans-init is the run of lowest inertia, with the range over all", () => {
  assert.deepEqual(headline(resultOf({}), words, format), {
    number: "64.0%",
    sentence: "of images lie in a cluster whose majority is their class (best run, from k-means++)",
    uncertainty: "51.0% to 75.0% over 5 runs",
  });
});

Deno.test("clusterOrder() sorts by the majority class, then by size", () => {
  const one = {
    ...representatives[0],
    majorityClasses: [2, 0, 2, 1],
    clusterSizes: [10, 20, 30, 40],
    contingency: [[1, 12, 0, 9], [2, 3, 0, 21], [5, 5, 18, 10], [2, 0, 12, 0]],
  };
  assert.deepEqual(clusterOrder(one), [1, 3, 2, 0]);
  assert.deepEqual([0, 1, 2, 3].map((cluster) => majorityShare(one, cluster)), [
    0.5,
    0.6,
    0.6,
    0.525,
  ]);
  const empty = { ...one, clusterSizes: [0, 0, 0, 0], contingency: [[0, 0, 0, 0]] };
  assert.equal(majorityShare(empty, 0), 0);
});
