import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findAudit, headline } from "./findings.ts";
import type { AuditPayload } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const format = formatFor("en");

const withPayload = (change: Partial<AuditPayload>) => ({
  ...example,
  payload: { ...example.payload, ...change },
});

Deno.test("findAudit() takes each number and name from where it belongs", () => {
  assert.deepEqual(findAudit(example, words, format), [
    "Labels that look wrong: 3 (2.5% of the rows).",
    "A network that has not seen a row gives it the label that it has in 90.0% of the cases (95% interval 83.3–94.2%; 108 of 120); the most frequent class has 58.3% of the rows.",
    "Columns with another distribution in later.csv: 2 of 3, namely weight and length.",
    "Classes with few rows: owl (2).",
    "Columns that look like an identifier or a time, which groups and densities should not use: length, width, and weight.",
    "Rows without any value: 5 of 120.",
  ]);
});

Deno.test("findAudit() says the same in Portuguese", () => {
  assert.deepEqual(findAudit(example, portuguese, formatFor("pt-BR")), [
    "Rótulos que parecem errados: 3 (2,5% das linhas).",
    "Uma rede que não viu a linha dá a ela o rótulo que ela tem em 90,0% dos casos (intervalo de 95% 83,3–94,2%; 108 de 120); a classe mais frequente tem 58,3% das linhas.",
    "Colunas com outra distribuição em later.csv: 2 de 3, a saber weight e length.",
    "Classes com poucas linhas: owl (2).",
    "Colunas que parecem um identificador ou um tempo, que grupos e densidades não deveriam usar: length, width e weight.",
    "Linhas sem nenhum valor: 5 de 120.",
  ]);
});

Deno.test("findAudit() says what was looked for and not found, and what could not be looked for", () => {
  const nothing = withPayload({
    labels: { ...example.payload.labels!, suspects: 0, rows: [], images: null },
    rareClasses: [],
    identifiers: [],
    emptyRows: { count: 0, rows: [] },
    drift: { ...example.payload.drift!, moved: 0, columns: [] },
  });
  assert.deepEqual(findAudit(nothing, words, format).slice(1), [
    "Looked for and not found: labels that look wrong, rare classes, identifiers among the columns, rows without any value, and columns that differ in the second file.",
  ]);
  const bare = withPayload({ labels: null, rareClasses: null, drift: null, identifiers: [] });
  assert.deepEqual(findAudit(bare, words, format), [
    "Rows without any value: 5 of 120.",
    "Looked for and not found: identifiers among the columns.",
    "Labels were not looked at: there are none, or no two classes have two rows each.",
    "No second file was given with which columns could be compared.",
  ]);
  const unlearned = withPayload({
    labels: { ...example.payload.labels!, suspects: null, rows: [], images: null },
  });
  assert.match(
    findAudit(unlearned, words, format)[1],
    /^That is not shown to be better than guess/,
  );
});

Deno.test("findAudit() lists five names, and counts the others", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const many = withPayload({
    identifiers: names.map((column) => ({ column, sign: "ascending" })),
    drift: {
      ...example.payload.drift!,
      moved: 8,
      columns: names.map((column) => ({ ...example.payload.drift!.columns[0], column })),
    },
  });
  const said = findAudit(many, words, format).join(" ");
  assert.match(said, /later\.csv: 8 of 3, most of all a, b, c, d, and e\./);
  assert.match(said, /should not use: a, b, c, d, e, and 3 more\./);
});

Deno.test("headline() counts the checks that found something among those that could look", () => {
  assert.deepEqual(headline(example, words, format), {
    number: "5",
    sentence: "of 5 checks found something",
  });
  const bare = withPayload({ labels: null, rareClasses: [], drift: null });
  assert.deepEqual(headline(bare, words, format), {
    number: "2",
    sentence: "of 3 checks found something",
  });
});
