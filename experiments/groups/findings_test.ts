import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { agreementCurve, findGroups, headline, rankedTrials, silhouetteCurve } from "./findings.ts";
import type { GroupsPayload, GroupsResult } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const format = formatFor("en");

function found(change: Partial<GroupsPayload> = {}): string[] {
  return findGroups(resultOf(change), words, format);
}

function resultOf(change: Partial<GroupsPayload>): GroupsResult {
  return { ...example, payload: { ...example.payload, ...change } };
}

const { payload: { clusterings, trials, mixture, clusters } } = example;

const single = { ...mixture, weights: [1], agreements: [] };

Deno.test("findGroups() tells the choices, how sure they are, and what tells clusters apart", () => {
  assert.deepEqual(found(), [
    "Mean silhouette is highest for 3 clusters: 0.520 (0.495 to 0.545 over 3 seeds). " +
    "The range at 2 clusters overlaps with this one, so these seeds do not settle the choice.",
    "On 90 rows the highest silhouette is 0.530. Sets of as many rows, drawn from one Gaussian, that " +
    "reach it: 0 of 19 (p = 0.05). That is evidence against a single Gaussian cloud.",
    "Of the mixtures, BIC is lowest for 2 components, with full covariances. " +
    "The best with another number has 1 component; its BIC is 8.5 higher. " +
    "Mixtures in which a component has shrunk onto repeated values, so that BIC says nothing about " +
    "groups: 2 of 20; they are chosen only if there are no others.",
    "Agreement between runs with 3 clusters from different seeds: mean ARI 0.850 (0.810 to 0.890).",
    "Agreement between mixtures of 2 components from different seeds: mean ARI 0.890 (0.830 to 0.980).",
    "Agreement between clusters and components: ARI 0.720; 1 is the same division, 0 the average of unrelated ones.",
    "Columns with the largest share of their variance between clusters: " +
    "weight (91.0%), length (64.0%), and width (12.0%).",
    "Cells without a value: 2.5%. They are filled with the median of their column, so clusters " +
    "may reflect which values are missing.",
    "Agreement with the classes: AMI 0.610 and ARI 0.570 for the clusters, 0.490 and 0.440 for the " +
    "components; 1 is the same division, 0 the average of random ones.",
  ]);
});

Deno.test("findGroups() says that a choice lies at the edge, is one of chance or close", () => {
  const low = clusterings.map((one) => ({
    ...one,
    silhouettes: one.silhouettes.map((silhouette) => one.clusters === 2 ? 0.94 : silhouette),
  }));
  assertSays(
    found({ clusterings: low }),
    "No other number of clusters has a range that overlaps with this one. That is the smallest",
  );
  const reached = { ...example.payload.oneGaussian!, reached: 3 };
  assertSays(found({ oneGaussian: reached }), "3 of 19 (p = 0.20). That is no evidence of groups");
  assertSays(
    found({ clusterings: clusterings.slice(0, 2) }),
    "That is the largest number that was tried",
  );
  const close = trials.map((one) =>
    one.components === 3 && one.bic !== null ? { ...one, bic: one.bic - 3 } : one
  );
  assertSays(
    found({ trials: close }),
    "has 3 components; its BIC is 5.5 higher. Differences below 6 are not",
  );
  const four = { ...mixture, covariance: "tied" as const, weights: [0.4, 0.3, 0.2, 0.1] };
  assertSays(found({ mixture: four }), "4 components, with tied covariances. That is the largest");
});

Deno.test("findGroups() says plainly that there is one group", () => {
  const one = found({ mixture: single });
  assertSays(one, "BIC is lowest for 1 component, with full covariances. That is one group");
  assert(!one.some((sentence) => /mixtures of|between clusters and components/.test(sentence)));
  const none = found({
    clusterings: [],
    oneGaussian: null,
    clusters: clusters.slice(0, 1),
    classes: null,
  });
  assertSays(none, "k-means shows a single group");
  assert(!none.some((sentence) => /runs with|Columns with|classes/.test(sentence)));
});

Deno.test("findGroups() claims no range from one seed", () => {
  const one = found({
    seeds: 1,
    clusterings: clusterings.map(({ clusters, silhouettes: [first] }) => ({
      clusters,
      silhouettes: [first],
      agreements: [],
    })),
  });
  assertSays(one, "(one seed). One seed cannot show how certain that choice is.");
  assert(!one.some((sentence) => sentence.includes("between runs with")));
});

Deno.test("headline() has the number of clusters, that of components, and what is open", () => {
  assert.deepEqual(headline(example, words, format), {
    number: "3",
    sentence: "clusters by silhouette, and 2 components by BIC",
    uncertainty: "over 3 seeds, silhouette leaves 2 open",
  });
  const clear = resultOf({ clusterings: clusterings.slice(1) });
  assert.equal(headline(clear, words, format).uncertainty, "no other range overlaps over 3 seeds");
  const chance = { oneGaussian: { ...example.payload.oneGaussian!, reached: 1 } };
  const unclear = headline(resultOf(chance), words, format);
  assert.deepEqual(
    [unclear.number, unclear.uncertainty],
    ["3", "silhouette shows no more than one Gaussian cloud"],
  );
  const one = headline(resultOf({ ...chance, mixture: single }), words, format);
  assert.deepEqual([one.number, one.sentence], [
    "1",
    "group: neither silhouette nor BIC shows more",
  ]);
  const none = resultOf({ clusterings: [], oneGaussian: null, clusters: clusters.slice(0, 1) });
  assert.deepEqual(headline(none, portuguese, formatFor("pt-BR")), {
    number: "1",
    sentence: "grupo, pois nenhum tem silhueta, e 2 componentes pelo BIC",
    uncertainty: "sem uma faixa",
  });
});

Deno.test("findGroups() says the same in Portuguese", () => {
  const sentences = findGroups(example, portuguese, formatFor("pt-BR"));
  assertSays(
    sentences,
    "é máxima com 3 grupos: 0,520 (de 0,495 a 0,545 em 3 sementes). A faixa com 2",
  );
  assertSays(
    sentences,
    "o BIC é mínimo com 2 componentes, com covariâncias completas. A melhor com",
  );
  assertSays(sentences, "weight (91,0%), length (64,0%) e width (12,0%).");
});

Deno.test("silhouetteCurve() has what every seed has, and agreementCurve() what any two have", () => {
  const [first, second, third] = clusterings;
  const result = resultOf({
    clusterings: [
      { ...first, silhouettes: first.silhouettes.slice(1) },
      { ...second, agreements: second.agreements.slice(0, 1) },
      { ...third, agreements: [] },
    ],
  });
  assert.deepEqual(silhouetteCurve(result).map(({ clusters }) => clusters), [3, 4]);
  assert.deepEqual(agreementCurve(result).map(({ clusters }) => clusters), [2, 3]);
});

Deno.test("rankedTrials() leaves out mixtures that have shrunk, unless all have", () => {
  const some = [3, 1, 2].map((bic, at) => ({ ...trials[0], bic, isShrunken: at !== 2 }));
  assert.deepEqual(rankedTrials(resultOf({ trials: some })).map(({ bic }) => bic), [2]);
  const all = some.map((one) => ({ ...one, isShrunken: true }));
  assert.deepEqual(rankedTrials(resultOf({ trials: all })).map(({ bic }) => bic), [1, 2, 3]);
});

Deno.test("findGroups() compares the mixture that was chosen with the best of another number", () => {
  const bicOf = (one: (typeof trials)[number]) => {
    if (one.covariance === "diagonal" && one.components === 3) return 900;
    if (one.covariance === "full" && one.components === 2) return 906;
    return 950;
  };
  const some = trials.map((one) => ({ ...one, bic: bicOf(one), isShrunken: false }));
  const diagonal = { ...mixture, covariance: "diagonal" as const, weights: [0.4, 0.3, 0.3] };
  const said = found({ trials: some, mixture: diagonal })
    .find((sentence) => sentence.startsWith("Of the mixtures"));
  assert.equal(
    said,
    "Of the mixtures, BIC is lowest for 3 components, with diagonal covariances. " +
      "The best with another number has 2 components; its BIC is 6.0 higher.",
  );
  const alone = found({
    mixture: single,
    trials: [{ ...trials[0], components: 1, isShrunken: false }],
  });
  assert(!alone.some((sentence) => /largest number|shrunk/.test(sentence)));
});

Deno.test("findGroups() tells what two runs, clusters or columns bear, and not one", () => {
  const said = (change: Partial<GroupsPayload>) => found(change).join(" ");
  assert.match(
    said({ mixture: { ...mixture, agreements: [0.9] } }),
    /mixtures of 2 components from/,
  );
  assert.doesNotMatch(said({ clusters: clusters.slice(0, 1) }), /between clusters and components/);
  const { profiles } = example.payload;
  assert.match(said({ clusters: clusters.slice(0, 2) }), /Columns with the largest share/);
  assert.match(
    said({ profiles: profiles.slice(0, 2) }),
    /weight \(91\.0%\) and length \(64\.0%\)\./,
  );
  assert.doesNotMatch(said({ profiles: profiles.slice(0, 1) }), /Columns with the largest share/);
  const constant = { ...profiles[0], name: "seven", share: 0 };
  assert.doesNotMatch(said({ profiles: [...profiles.slice(0, 2), constant] }), /seven/);
  assert.doesNotMatch(
    said({ profiles: [profiles[0], constant] }),
    /Columns with the largest share/,
  );
  const four = [...profiles, { ...profiles[0], name: "fourth" }];
  assert.doesNotMatch(said({ profiles: four }), /fourth/);
  assert.doesNotMatch(said({ oneGaussian: null }), /drawn from one Gaussian/);
  const [own] = example.data;
  const whole = { ...example, data: [{ ...own, missing: 0 }] };
  assert.doesNotMatch(findGroups(whole, words, format).join(" "), /Cells without a value/);
  assert.equal(headline(resultOf({ seeds: 1 }), words, format).uncertainty, words.headlineUnknown);
});
