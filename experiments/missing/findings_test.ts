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
    "The column with most gaps is weight: 5.0% of its cells.",
    "The columns that most often lack cells together: width and weight (rows: 1).",
    "Hidden cells are given back best by k-POD, with an error of 0.500 deviations (95% interval 0.438 to 0.563).",
    "No difference from it is shown for mean imputation.",
    "Farthest off are the values of column medians, with an error of 1.125.",
    "The method of complete rows fails with some seed: too few rows are complete.",
    "Groups differ most between complete rows and k-POD: ARI 0.500 (95% interval 0.469 to 0.531), less than that of either with itself over seeds.",
    "The groups of k-POD agree best with the classes: ARI 0.625 (95% interval 0.563 to 0.688).",
    "No difference from it is shown for mean imputation and median imputation.",
  ]);
  assert.deepEqual(findMissing(example, pt, formatFor("pt-BR")), [
    "2,5% das células não têm valor; 112 de 120 linhas têm todas as suas.",
    "A coluna com mais lacunas é weight: 5,0% de suas células.",
    "As colunas a que mais vezes faltam células juntas: width e weight (linhas: 1).",
    "Células escondidas são mais bem devolvidas por k-POD, com um erro de 0,500 desvios (intervalo de 95% de 0,438 a 0,563).",
    "Não se mostra diferença em relação a isso para imputação pela média.",
    "Os mais distantes são os valores de medianas das colunas, com um erro de 1,125.",
    "O método das linhas completas falha com alguma semente: linhas completas são poucas demais.",
    "Os grupos mais diferem entre linhas completas e k-POD: ARI 0,500 (intervalo de 95% de 0,469 a 0,531), menos que o de cada método consigo entre sementes.",
    "Os grupos de k-POD são os que mais concordam com as classes: ARI 0,625 (intervalo de 95% de 0,563 a 0,688).",
    "Não se mostra diferença em relação a isso para imputação pela média e imputação pela mediana.",
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
    "Between methods groups are not shown to differ more than between seeds of one method: least ARI 0.500 (95% interval 0.469 to 0.531).",
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
  assert.equal(all[4], "No difference from it is shown for column means and mean imputation.");
});

Deno.test("namesOf() names the first of many columns", () => {
  assert.deepEqual(namesOf(["a", "b", "c", "d", "e", "f"]), ["a", "b", "c", "d", "e", "f"]);
  assert.deepEqual(namesOf(["a", "b", "c", "d", "e", "f", "g"]), ["a", "b", "c", "d", "e", "…"]);
});

Deno.test("headline() of missing gives their share, and the best method if cells were hidden", () => {
  assert.deepEqual(headline(example, en, format), {
    number: "2.5%",
    sentence:
      "of the cells have no value; hidden ones are given back best by k-POD, with an error of 0.500 deviations",
    uncertainty: "95% interval of the error 0.438 to 0.563",
  });
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
    /nothing is shown to .* than column means, with an error of 1\.000/,
  );
  assert.equal(unlike.uncertainty, "95% interval of the error 0.938 to 1.063");
  const first = headline(
    withPayload({ fills: [{ ...means, error: { mean, behind: null } }] }),
    en,
    format,
  );
  assert.match(first.sentence, /nothing is shown to/);
  assert.deepEqual(headline(withPayload({ fills: [] }), en, format), {
    number: "2.5%",
    sentence: "of the cells have no value",
    uncertainty: "counted in the file",
  });
});
