import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import {
  findKMeansInit,
  greyLevels,
  headline,
  majorityShare,
  runOf as runFor,
} from "./findings.ts";
import type { KMeansInitResult, KMeansRepresentative, KMeansRun } from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findKMeansInit() says what the numbers say about the starts", () => {
  const findings = findKMeansInit(example, words, format);
  assertSays(findings, "60.0% of the images lie in a cluster whose majority is their class");
  assertSays(findings, "found least are three (26%), two (62%), and one (67%)");
  assertSays(findings, "From random images, k-means takes 11 iterations in the median (10 to 12)");
  assertSays(findings, "2 of 7 runs stopped at the iteration limit");
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
  // One image of one pixel, so that a number of grey levels is the root of an inertia.
  clusterSizes: [1, 0, 0, 0],
  centroids: { ...example.payload.representatives[0].centroids, tile: { width: 1, height: 1 } },
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
    "Similar images are grouped together, but clusters are not classes: in the run with the lowest inertia (from k-means++), 64.0% of the images lie in a cluster whose majority is their class (NMI 0.44, ARI 0.34).",
    "In that run, the classes found least are two (55%), three (66%), and zero (77%) (share that lies in clusters where the class is the majority).",
    "No class fails from every start: of each, the best run from some start finds at least half.",
    "The classes that share clusters most are two with zero (42 and 33 images in one cluster) and one with three (24 and 15 images in one cluster).",
    "Of the 4 clusters from k-means++, 4 come out from random images as well and 4 come out from the class means as well (more than half of the images of both in common).",
    "The class means, which know the answer, end in purer clusters than the 4 runs from other starts: 75.0% of the images against 51.0% to 64.0%.",
    "From random images, k-means takes 11 and 18 iterations.",
    "From k-means++, k-means takes 23 and 24 iterations.",
    "From the class means, k-means takes 35 iterations.",
    "The run that ends with the lowest inertia starts from k-means++: there, a pixel differs from its centroid by 70.711 grey levels (root mean square); the best run from another start ends with 2.000% more inertia.",
    "From k-means++, runs end at 70.711 to 71.239 grey levels per pixel, from random images at 71.764 to 72.111; so few runs cannot show which start ends lower.",
    "1 of 5 runs stopped at the iteration limit before they converged.",
  ]);
});

/** Says what is found where the inertias of the runs are these. */
function saidOf(inertias: readonly number[]): string[] {
  const changed = runs.map((run, at) => ({ ...run, inertia: inertias[at] }));
  return findKMeansInit(resultOf({ runs: changed }), words, format);
}

/** Says what is found where the runs from random images and from k-means++ have these inertias. */
function saidOfStarts(ofRandom: readonly number[], ofPlus: readonly number[]): string[] {
  const changed = [
    ...ofRandom.map((inertia, seed) => ({ ...runs[0], seed, inertia })),
    ...ofPlus.map((inertia, seed) => ({ ...runs[2], seed, inertia })),
    runs[4],
  ];
  return findKMeansInit(resultOf({ runs: changed }), words, format);
}

Deno.test("findKMeansInit() prefers a start only where all its runs are beyond those of the other", () => {
  assertSays(
    saidOfStarts([5200, 5150, 5160, 5170], [5140, 5000, 5010, 5020]),
    "Every run from k-means++ ended at a lower inertia than every run from random images: 70.711 to 71.694 grey levels per pixel against 71.764 to 72.111.",
  );
  assertSays(
    saidOfStarts([5010, 5000, 5005, 5005], [5075, 5020, 5030, 5040]),
    "ended at a higher inertia than every run from random images: 70.852 to 71.239 grey levels per pixel against 70.711",
  );
  assertSays(
    saidOfStarts([5200, 5150, 5200, 5200], [5150, 5000, 5000, 5000]),
    "(70.711 to 71.764 grey levels per pixel) and random images (71.764 to 72.111), no difference",
  );
});

Deno.test("findKMeansInit() prefers no start after so few runs that chance parts them often", () => {
  for (const [ofRandom, ofPlus] of [[[9], [1]], [[8, 9], [1, 2]], [[8, 9, 9], [1, 2, 3]]]) {
    const said = saidOfStarts(ofRandom, ofPlus);
    assert(!said.some((sentence) => /Every run from|no difference/.test(sentence)));
    assertSays(said, "so few runs cannot show which start ends lower");
  }
  const one = findKMeansInit(resultOf({ runs: [runs[1], runs[3], runs[4]] }), words, format);
  assertSays(
    one,
    "From k-means++, runs end at 70.711 grey levels per pixel, from random images at 71.764; so few runs",
  );
  assertSays(one, "From random images, k-means takes 18 iterations.");
});

Deno.test("findKMeansInit() calls runs level whose inertias are written alike", () => {
  assertSays(
    saidOf([5200, 5000.01, 5075, 5000, 5100]),
    "The run that ends with the lowest inertia starts from k-means++: there, a pixel differs from its centroid by 70.711 grey levels (root mean square); the best run from random images ends within 0.001% of that inertia.",
  );
  assertSays(
    saidOf([5200, 5000.03, 5075, 5000, 5100]),
    "another start ends with 0.001% more inertia",
  );
});

Deno.test("findKMeansInit() says which classes fail from every start", () => {
  const recalls = [[0.49, 0.9, 0.2, 0.5], [0.4, 0.1, 0.3, 0.1], [0.1, 0.2, 0.4, 0.2]];
  const failing = representatives.map((one, at) => ({ ...one, classRecall: recalls[at] }));
  assertSays(
    findKMeansInit(resultOf({ representatives: failing }), words, format),
    "From every start, the best run finds less than half of the images of zero and two.",
  );
});

Deno.test("findKMeansInit() sets the class means beside all other runs", () => {
  const withMeans = (purity: number) =>
    findKMeansInit(
      resultOf({ runs: runs.map((run, at) => at === 4 ? { ...run, purity } : run) }),
      words,
      format,
    );
  assertSays(
    withMeans(0.641),
    "end in purer clusters than the 4 runs from other starts: 64.1% of the images",
  );
  assertSays(
    withMeans(0.64),
    "as pure as those of the 4 runs from other starts: 64.0% of the images, within 51.0%",
  );
  assertSays(
    withMeans(0.51),
    "as pure as those of the 4 runs from other starts: 51.0% of the images, within 51.0%",
  );
  assertSays(
    withMeans(0.5),
    "and yet end in less pure clusters than the 4 runs from other starts: 50.0%",
  );
});

Deno.test("findKMeansInit() compares only what was run", () => {
  const alone = resultOf({
    runs: runs.filter(({ start }) => start === "random"),
    representatives: representatives.slice(0, 1).map((one) => ({ ...one, sharedClusters: [] })),
  });
  const findings = findKMeansInit(alone, words, format);
  assert.equal(findings.length, 3);
  const comparisons =
    /run that ends with the lowest inertia|k-means\+\+|limit|share clusters|every start|class means/;
  assert(!findings.some((sentence) => comparisons.test(sentence)));
  const without = resultOf({
    runs: runs.filter(({ start }) => start !== "random"),
    representatives: representatives.slice(1),
  });
  const others = findKMeansInit(without, words, format);
  assert(!others.some((sentence) => sentence.includes("random images")));
});

Deno.test("findKMeansInit() names no more than three pairs of classes", () => {
  const [pair] = representatives[1].sharedClusters;
  const many = representatives.map((one) => ({
    ...one,
    sharedClusters: [1, 2, 3, 4].map((at) => ({ ...pair, counts: [100 + at, 200 + at] })),
  }));
  const [, , , shared] = findKMeansInit(resultOf({ representatives: many }), words, format);
  assert.match(shared, /103 and 203/);
  assert.doesNotMatch(shared, /104/);
});

Deno.test("headline() of kmeans-init is the median of all runs, with their range", () => {
  assert.deepEqual(headline(resultOf({}), words, format), {
    number: "63.0%",
    sentence: "of images lie in a cluster whose majority is their class, in the median run",
    uncertainty: "51.0% to 75.0% over 5 runs",
  });
});

Deno.test("majorityShare() is the largest share of a class in a cluster", () => {
  const one = {
    ...representatives[0],
    clusterSizes: [10, 20, 30, 40],
    contingency: [[1, 12, 0, 9], [2, 3, 0, 21], [5, 5, 18, 10], [2, 0, 12, 0]],
  };
  const shares = [0, 1, 2, 3].map((cluster) => majorityShare(one, cluster));
  assert.deepEqual(shares, [0.5, 0.6, 0.6, 0.525]);
  const empty = { ...one, clusterSizes: [0, 0, 0, 0], contingency: [[0, 0, 0, 0]] };
  assert.equal(majorityShare(empty, 0), 0);
});

Deno.test("greyLevels() is the root of the mean squared difference per image and pixel", () => {
  const [one] = representatives;
  const tile = { width: 5, height: 8 };
  const of = {
    representatives: [{
      ...one,
      clusterSizes: [1, 2, 4, 3],
      centroids: { ...one.centroids, tile },
    }],
  };
  assert.equal(greyLevels(resultOf(of), 400 * 49), 7);
});

Deno.test("findKMeansInit() counts the clusters that come out from other starts as well", () => {
  const matching = (...shares: readonly (readonly number[])[]) =>
    resultOf({
      representatives: representatives.map((one, at) => ({
        ...one,
        matches: shares[at].map((sharedRows) => ({ sharedRows, centroidDifference: 1 })),
      })),
    });
  assertSays(
    findKMeansInit(matching([0.51, 0.5, 0.9, 0.1], [1, 1, 1, 1], [0, 0.4, 0.2, 0]), words, format),
    "Of the 4 clusters from k-means++, 3 come out from random images as well and 0 come out from the class means as well (more than half"
      .replace("3 come", "2 come"),
  );
});

Deno.test("runOf() is the run with the seed of a representative, and the best of its start for another", () => {
  const result = resultOf({});
  assert.equal(runFor(result, { ...representatives[0], seed: 7 }), runs[0]);
  assert.equal(runFor(result, { ...representatives[0], seed: 99 }), runs[1]);
});

Deno.test("findKMeansInit() tells the middle of unordered iterations with the digit that it has", () => {
  const changed = [9, 30, 10, 12].map((iterations, seed) => ({ ...runs[0], seed, iterations }));
  const said = findKMeansInit(resultOf({ runs: [...changed, ...runs.slice(2)] }), words, format);
  assertSays(said, "From random images, k-means takes 11 iterations in the median (9 to 30)");
  const half = changed.map((run) => ({
    ...run,
    iterations: run.iterations === 12 ? 13 : run.iterations,
  }));
  assertSays(
    findKMeansInit(resultOf({ runs: [...half, ...runs.slice(2)] }), words, format),
    "k-means takes 11.5 iterations in the median (9 to 30)",
  );
});

Deno.test("findKMeansInit() compares the classes of two starts, and class means with nothing but others", () => {
  const two = resultOf({ runs: runs.slice(0, 4), representatives: representatives.slice(0, 2) });
  assertSays(findKMeansInit(two, words, format), "No class fails from every start");
  const alone = resultOf({ runs: [runs[4]], representatives: [representatives[2]] });
  const said = findKMeansInit(alone, words, format);
  assert(!said.some((sentence) => sentence.startsWith("The class means, which")));
});

Deno.test("majorityShare() of a cluster of one image is whole", () => {
  const one = { ...representatives[0], clusterSizes: [1], contingency: [[1], [0]] };
  assert.equal(majorityShare(one, 0), 1);
});

Deno.test("findKMeansInit() names no class among those found least that ties with one left out", () => {
  const said = (...classRecall: number[]) =>
    findKMeansInit(
      resultOf({
        representatives: example.payload.representatives.map((one) => ({ ...one, classRecall })),
      }),
      words,
      format,
    ).find((sentence) => sentence.startsWith("In that run"));
  assert.match(said(0.2, 0.6, 0.6, 0.6)!, /the class found least is zero \(20%\) \(share/);
  assert.equal(said(1, 1, 1, 1), undefined);
});
