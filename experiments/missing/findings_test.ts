import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findMissing, headline, namesOf } from "./findings.ts";
import type { MissingPayload, MissingResult } from "./result.ts";
import { words as en } from "./words/en.ts";
import { words as pt } from "./words/pt_br.ts";

const format = formatFor("en");

function withPayload(change: Partial<MissingPayload>): MissingResult {
  return { ...example, payload: { ...example.payload, ...change } };
}

Deno.test("findMissing() tells where values are missing and what methods make of it, in every language", () => {
  assert.deepEqual(findMissing(example, en, format), [
    "2.5% of the cells have no value; 112 of 120 rows have all of theirs.",
    "The column with the most gaps is weight: 5.0% of its cells.",
    "The columns that most often miss values together: width and weight (rows: 1).",
    "The smallest error on hidden values is that of k-POD: 0.500 standard deviations (95% interval 0.438 to 0.563).",
    "No difference from that is shown for mean imputation.",
    "The largest error is that of column medians: 1.125.",
    "The method of complete rows fails with some seed: too few rows are complete.",
    "Clusters differ most between complete rows and k-POD: ARI 0.500 (95% interval 0.469 to 0.531), less than either has with itself between seeds.",
    "The highest agreement with the classes is that of the clusters of k-POD: ARI 0.625 (95% interval 0.563 to 0.688).",
    "No difference from that is shown for mean imputation and median imputation.",
  ]);
  assert.deepEqual(findMissing(example, pt, formatFor("pt-BR")), [
    "2,5% das células não têm valor; 112 de 120 linhas têm todas as suas.",
    "A coluna com mais lacunas é weight: 5,0% de suas células.",
    "As colunas em que mais vezes faltam valores ao mesmo tempo: width e weight (linhas: 1).",
    "O menor erro nos valores escondidos é o de k-POD: 0,500 desvios padrão (intervalo de 95% de 0,438 a 0,563).",
    "Nenhuma diferença em relação a isso é demonstrada para imputação pela média.",
    "O maior erro é o de medianas das colunas: 1,125.",
    "O método das linhas completas falha com alguma semente: há poucas linhas completas.",
    "Os grupos que mais diferem são os de linhas completas e de k-POD: ARI 0,500 (intervalo de 95% de 0,469 a 0,531), menor que o de cada método consigo mesmo entre sementes.",
    "A maior concordância com as classes é a dos grupos de k-POD: ARI 0,625 (intervalo de 95% de 0,563 a 0,688).",
    "Nenhuma diferença em relação a isso é demonstrada para imputação pela média e imputação pela mediana.",
  ]);
});

Deno.test("findMissing() shows no difference where intervals or seeds leave none", () => {
  // The least agreement between methods reaches to 0.531, and that of a method with itself down to 0.531.
  const itself = { value: 0.75, interval: { low: 0.53125, high: 0.96875, level: 0.95 } };
  const alike = example.payload.groupings.map((one, i) => ({
    ...one,
    agreement: one.agreement.map((ari, k) => i === k ? itself : ari),
    toClasses: null,
  }));
  const findings = findMissing(withPayload({ groupings: alike, fills: [] }), en, format);
  assert.deepEqual(findings.slice(3), [
    "No column has enough cells with a value to hide some of them.",
    "Clusters are not shown to differ more between methods than between seeds of one method: lowest ARI 0.500 (95% interval 0.469 to 0.531).",
  ]);
  const [first, ...rest] = example.payload.fills;
  const level = {
    ...first.error!,
    behind: { ...first.error!.behind!, interval: { low: 0, high: 1, level: 0.95 } },
  };
  const all = findMissing(
    withPayload({ fills: [{ ...first, error: level }, ...rest] }),
    en,
    format,
  );
  assert.equal(all[4], "No difference from that is shown for column means and mean imputation.");
  // The worst is not called worse where it is the only one, or not shown to differ.
  const worse = (fills: typeof rest) =>
    findMissing(withPayload({ fills }), en, format).find((one) => one.startsWith("The largest"));
  assert.equal(worse(rest), "The largest error is that of column medians: 1.125.");
  assert.equal(worse(rest.filter(({ error }) => error?.behind === null)), undefined);
  const median = rest.find(({ method }) => method === "column-median")!;
  const { mean, behind } = median.error!;
  const apart = { mean, behind: { ...behind!, interval: { low: 0, high: 1, level: 0.95 } } };
  const others = rest.filter((one) => one !== median);
  assert.equal(worse([{ ...median, error: apart }, ...others]), undefined);
});

Deno.test("namesOf() names the first of many columns", () => {
  assert.deepEqual(namesOf(["a", "b", "c", "d", "e", "f"]), ["a", "b", "c", "d", "e", "f"]);
  assert.deepEqual(namesOf(["a", "b", "c", "d", "e", "f", "g"]), ["a", "b", "c", "d", "e", "…"]);
});

Deno.test("headline() of missing gives their share, and the best method if cells were hidden", () => {
  assert.deepEqual(headline(example, en, format), {
    number: "2.5%",
    sentence:
      "of the cells have no value; the smallest error on hidden values is that of k-POD, 0.500 standard deviations (no difference is shown from mean imputation)",
    uncertainty: "95% interval of the error 0.438 to 0.563",
  });
  const pods = example.payload.fills.filter(({ method }) => method === "k-pod");
  assert.match(headline(withPayload({ fills: pods }), en, format).sentence, /deviations$/);
  const [means, ...others] = example.payload.fills;
  const { mean, behind } = means.error!;
  const near = { mean, behind: { ...behind!, interval: { low: -0.1, high: 1, level: 0.95 } } };
  const unlike = headline(
    withPayload({ fills: [{ ...means, error: near }, ...others] }),
    en,
    format,
  );
  assert.match(
    unlike.sentence,
    /no method is shown to .* than column means, with an error of 1\.000/,
  );
  assert.equal(unlike.uncertainty, "95% interval of the error 0.938 to 1.063");
  const first = headline(
    withPayload({ fills: [{ ...means, error: { mean, behind: null } }] }),
    en,
    format,
  );
  assert.match(first.sentence, /no method is shown to/);
  assert.deepEqual(headline(withPayload({ fills: [] }), en, format), {
    number: "2.5%",
    sentence: "of the cells have no value",
    uncertainty: "counted in the file",
  });
});

Deno.test("findMissing() tells the first pattern of several columns, and failures only where there are some", () => {
  const patterns = [["a", "b"], ["c", "d"]].map((lacking, at) => ({ lacking, rows: 5 - at }));
  const said = findMissing(withPayload({ patterns }), en, format);
  assert.deepEqual(said.filter((one) => one.startsWith("The columns that most often")), [
    "The columns that most often miss values together: a and b (rows: 5).",
  ]);
  const [column] = example.payload.byColumn;
  const tied = findMissing(
    withPayload({
      patterns: patterns.map((pattern) => ({ ...pattern, rows: 5 })),
      byColumn: ["a", "b"].map((name) => ({ ...column, name })),
    }),
    en,
    format,
  );
  assert(!tied.some((one) => /most often miss|with the most gaps/.test(one)));
  const fills = example.payload.fills.filter(({ error }) => error !== null);
  const whole = findMissing(withPayload({ fills }), en, format);
  assert(!whole.some((one) => one.includes("fails with some seed")));
  const best = fills.filter(({ error }) => error!.behind === null);
  const alone = findMissing(
    withPayload({ fills: best, groupings: example.payload.groupings }),
    en,
    format,
  );
  assert(!alone[4].startsWith("No difference from that"));
});

Deno.test("findMissing() compares groups of those methods that made some, in pairs of two", () => {
  const mean = (value: number, reach: number) => ({
    value,
    interval: { low: value - reach, high: value + reach, level: 0.95 },
  });
  const grouping = (method: "k-pod" | "mean-imputation", agreement: ReturnType<typeof mean>[]) => ({
    method,
    fittedRows: 9,
    agreement,
    toClasses: null,
  });
  const said = (own: number, reach: number) =>
    findMissing(
      withPayload({
        groupings: [
          grouping("mean-imputation", [mean(0.9, 0.01), mean(0.5, 0.1)]),
          grouping("k-pod", [mean(0.5, 0.1), mean(own, reach)]),
          { method: "complete-rows", fittedRows: 0, agreement: [], toClasses: null },
        ],
      }),
      en,
      format,
    ).find((one) => one.startsWith("Clusters"))!;
  assert.match(
    said(0.9, 0.01),
    /^Clusters differ most between mean imputation and k-POD: ARI 0\.500/,
  );
  // One of the two agrees with itself no better than with the other.
  assert.match(said(0.65, 0.1), /^Clusters are not shown to differ/);
});
