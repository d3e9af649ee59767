import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import {
  choicesOf,
  findKMeansClusters,
  headline,
  secondDifferences,
  triedClusters,
} from "./findings.ts";
import type { ClustersRun, KMeansClustersResult } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const format = formatFor("en");

function resultOf(
  change: (run: ClustersRun) => Partial<ClustersRun> | null,
): KMeansClustersResult {
  const runs = example.payload.runs.flatMap((run) => {
    const changed = change(run);
    return changed === null ? [] : [{ ...run, ...changed }];
  });
  return { ...example, payload: { ...example.payload, runs } };
}

function found(result: KMeansClustersResult): string[] {
  return findKMeansClusters(result, words, format);
}

Deno.test("findKMeansClusters() names the choices, their ranges and the classes", () => {
  const sentences = found(example);
  assertSays(
    sentences,
    "Mean silhouette is highest at 4 clusters: 0.410 (0.400 to 0.420 over 3 seeds). " +
      "The range at 3 clusters overlaps with this one, so these seeds do not settle the choice.",
  );
  assertSays(
    sentences,
    "inertia, is at 4 clusters: 104 squared grey levels per pixel (104 to 104 over 3 seeds). No other",
  );
  assertSays(sentences, "4 classes: silhouette leaves that number open, and the elbow is there.");
  assertSays(sentences, "AMI) is highest at 5 clusters: 0.700");
  assertSays(sentences, "At 4 clusters, one per class, it is 0.600 (0.590 to 0.610 over 3 seeds).");
  assertSays(sentences, "From 2 to 6 clusters, mean inertia falls at every step, by 53.3% in all");
  assertSays(sentences, "1 of 15 runs stopped at the iteration limit");
  assert(!sentences.some((sentence) => sentence.includes("Rousseeuw")));
});

Deno.test("findKMeansClusters() settles a choice only if no other range overlaps", () => {
  const clear = resultOf(({ clusters, silhouette }) => ({
    silhouette: clusters === 4 ? silhouette + 0.02 : silhouette,
  }));
  assertSays(found(clear), "0.440 over 3 seeds). No other number of clusters has a range");
  assertSays(
    found(clear),
    "4 classes: silhouette chooses that number of clusters, and the elbow is there",
  );
  // The lowest of the chosen number equals the highest of another.
  const touching = resultOf(({ clusters }) => ({
    silhouette: clusters === 4 ? 0.41 : 0.41 - clusters % 2 / 10,
  }));
  assert.deepEqual(choicesOf(touching)?.silhouette.rivals, [4, 6]);
});

Deno.test("findKMeansClusters() says that a choice lies at the edge of what was tried", () => {
  const low = found(
    resultOf(({ clusters }) => ({ silhouette: 1 / clusters, inertia: 1 / clusters })),
  );
  assertSays(low, "silhouette is highest at 2 clusters");
  const edges = low.filter((sentence) => sentence.includes("the smallest number that could be"));
  assert.deepEqual(edges.map((sentence) => sentence.split(" ")[1]), ["silhouette", "elbow,"]);
  assertSays(low, "inertia, is at 3 clusters");
  assertSays(low, "silhouette does not choose that number, and the elbow is elsewhere");
  assertSays(
    found(resultOf(({ clusters }) => ({ ami: clusters / 10 }))),
    "That is the largest number that could be chosen",
  );
});

Deno.test("findKMeansClusters() claims no range from one seed", () => {
  const one = resultOf((run) => run.seed === 7 ? {} : null);
  assertSays(found(one), "(one seed). One seed cannot show how certain that choice is.");
  assert(!found(one).some((sentence) => /over|overlap/.test(sentence)));
  assert.equal(headline(one, words, format)?.uncertainty, "one seed, so without a range");
});

Deno.test("findKMeansClusters() calls low silhouettes no substantial structure", () => {
  const weak = resultOf(({ silhouette }) => ({ silhouette: silhouette / 4 }));
  assertSays(found(weak), "0.105, stays below 0.25, where Kaufman and Rousseeuw (1990)");
  const atMark = found(resultOf(() => ({ silhouette: 0.25 })));
  assert(!atMark.some((sentence) => sentence.includes("Rousseeuw")));
});

Deno.test("headline() has both choices, the classes, and what is not settled", () => {
  assert.deepEqual(headline(example, words, format), {
    number: "4",
    sentence: "clusters by silhouette and 4 by the elbow, for images of 4 classes",
    uncertainty: "over 3 seeds, silhouette leaves 3 open",
  });
  assert.equal(
    headline(example, portuguese, formatFor("pt-BR"))?.uncertainty,
    "em 3 sementes, a silhueta deixa 3 em aberto",
  );
});

Deno.test("headline() has no answer where too few numbers of clusters were tried for an elbow", () => {
  const few = resultOf((run) => run.clusters < 4 ? {} : null);
  assert.equal(headline(few, words, format), undefined);
  assert.deepEqual(found(few), []);
});

Deno.test("headline() tells the choices from each other and from the number of classes", () => {
  const apart = resultOf(({ clusters }) => ({
    silhouette: clusters === 3 ? 0.5 : 0.1,
    inertia: [0, 0, 9000, 8000, 7000, 2000, 1000][clusters],
  }));
  const { number, sentence, uncertainty } = headline(apart, words, format)!;
  assert.deepEqual([number, sentence], [
    "3",
    "clusters by silhouette and 5 by the elbow, for images of 4 classes",
  ]);
  assert.equal(uncertainty, "no other range overlaps over 3 seeds");
  assertSays(found(apart), "Mean silhouette is highest at 3 clusters: 0.500");
  assertSays(found(apart), "inertia, is at 5 clusters: 0.278");
});

Deno.test("findKMeansClusters() has its findings in one order, and the agreement at the classes after the best", () => {
  assert.deepEqual(found(example).map((sentence) => sentence.split(" ").slice(0, 3).join(" ")), [
    "Mean silhouette is",
    "The elbow, the",
    "The images have",
    "Mean agreement with",
    "From 2 to",
    "1 of 15",
  ]);
  const agreement = (ami: (clusters: number) => number | null) =>
    found(resultOf(({ clusters }) => {
      const value = ami(clusters);
      return value === null ? null : { ami: value };
    })).find((sentence) => sentence.startsWith("Mean agreement"))!;
  assert.match(
    agreement((clusters) => clusters === 5 ? 0.9 : 0.2),
    /^Mean agreement .* At 4 clusters, one per class/,
  );
  assert.doesNotMatch(agreement((clusters) => clusters === 4 ? 0.9 : 0.2), /one per class/);
});

Deno.test("findKMeansClusters() tells no fall of inertia that does not fall at every step", () => {
  const saidOf = (inertias: readonly number[]) =>
    found(resultOf(({ clusters }) => ({ inertia: inertias[clusters - 2] })))
      .some((sentence) => sentence.includes("mean inertia falls at every step"));
  assert.equal(saidOf([50, 40, 30, 20, 10]), true);
  assert.equal(saidOf([50, 40, 41, 20, 10]), false);
  assert.equal(saidOf([50, 40, 40, 20, 10]), false);
});

Deno.test("triedClusters() are ascending, and secondDifferences() need all three of a seed", () => {
  const runs = [[12, 0], [11, 0], [10, 0], [12, 1], [10, 1]].map(([clusters, seed]) => ({
    ...example.payload.runs[0],
    clusters,
    seed,
    // Per pixel of all images.
    inertia: 400 * 36 * [9, 4, 1][clusters - 10],
  }));
  const result = { ...example, payload: { ...example.payload, runs } };
  assert.deepEqual(triedClusters(result), [10, 11, 12]);
  assert.deepEqual(secondDifferences(result), [{ clusters: 11, mean: 2, low: 2, high: 2 }]);
});
