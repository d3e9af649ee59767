import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findAudit, headline } from "./findings.ts";
import type { AuditPayload } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const format = formatFor("en");

const unlabelled = {
  labels: null,
  groups: null,
  rareClasses: null,
  duplicates: null,
  order: null,
};

const withPayload = (change: Partial<AuditPayload>) => ({
  ...example,
  payload: { ...example.payload, ...change },
});

Deno.test("findAudit() takes each number and name from where it belongs", () => {
  assert.deepEqual(findAudit(example, words, format), [
    "Labels that look wrong, as another one has a probability of at least 90%: 3 (2.5% of the rows).",
    "Trained on other rows, a network predicts the label of a row in 90.0% of the cases (95% interval 83.3–94.2%; 108 of 120); the most frequent class has 58.3% of the rows.",
    "Clusters in which the network is wrong more often than elsewhere: 2 of 6. The first is mostly of class dog, with 13 of 31 rows wrong (elsewhere 2.5%).",
    "Rows that equal an earlier one: 7 of 118 without gaps (with another label: 4).",
    "Pairs of rows that differ, but are far closer than is usual: 13 (with another label: 6).",
    "The order of the rows does not look random: those most like a row are 12.3 rows away from it on average, and would be 39.3 away in random order (p-value 0.0025).",
    "The rows of each class stand together in the file, which is one reason for that.",
    "Columns with another distribution in the second half of the file: length and width.",
    "Columns with another distribution in later.csv: 2 of 3, namely weight and length.",
    "Classes with few rows: class owl (rows: 2).",
    "Columns that look like an identifier or a time, which groups and densities should not use: length, width, and weight.",
    "Rows without any value: 5 of 120.",
  ]);
});

Deno.test("findAudit() says the same in Portuguese", () => {
  assert.deepEqual(findAudit(example, portuguese, formatFor("pt-BR")), [
    "Rótulos que parecem errados, pois outro tem probabilidade de ao menos 90%: 3 (2,5% das linhas).",
    "Treinada com outras linhas, uma rede prevê o rótulo de uma linha em 90,0% dos casos (intervalo de 95% 83,3–94,2%; 108 de 120); a classe mais frequente tem 58,3% das linhas.",
    "Grupos em que a rede erra mais do que fora deles: 2 de 6. O primeiro é sobretudo da classe dog, com 13 de 31 linhas erradas (fora dele, 2,5%).",
    "Linhas iguais a uma anterior: 7 de 118 sem lacunas (com outro rótulo: 4).",
    "Pares de linhas que diferem, mas estão muito mais próximas que o usual: 13 (com outro rótulo: 6).",
    "A ordem das linhas não parece aleatória: as mais parecidas com uma linha estão em média a 12,3 linhas dela, e estariam a 39,3 em ordem aleatória (valor-p 0,0025).",
    "As linhas de cada classe estão juntas no arquivo, o que é uma das razões disso.",
    "Colunas com outra distribuição na segunda metade do arquivo: length e width.",
    "Colunas com outra distribuição em later.csv: 2 de 3, a saber weight e length.",
    "Classes com poucas linhas: classe owl (linhas: 2).",
    "Colunas que parecem um identificador ou um tempo, que grupos e densidades não deveriam usar: length, width e weight.",
    "Linhas sem nenhum valor: 5 de 120.",
  ]);
});

Deno.test("findAudit() says what was looked for and not found, and what could not be looked for", () => {
  const nothing = withPayload({
    labels: { ...example.payload.labels!, suspects: 0, rows: [], images: null },
    groups: { clusters: 6, failing: [] },
    duplicates: { ...example.payload.duplicates!, identical: 0, near: 0 },
    order: { ...example.payload.order!, pValue: 0.051 },
    rareClasses: [],
    identifiers: [],
    emptyRows: { count: 0, rows: [] },
    drift: { ...example.payload.drift!, moved: 0, columns: [] },
  });
  assert.deepEqual(findAudit(nothing, words, format).slice(1), [
    "Looked for and not found: labels that look wrong, clusters in which the network fails, repeated rows, an order of rows that matters, rare classes, identifiers among the columns, rows without any value, and columns that differ in the second file.",
  ]);
  const bare = withPayload({ ...unlabelled, drift: null, identifiers: [] });
  assert.deepEqual(findAudit(bare, words, format), [
    "Rows without any value: 5 of 120.",
    "Looked for and not found: identifiers among the columns.",
    "Labels were not checked: there are none, or no two classes have two rows each.",
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

Deno.test("findAudit() speaks of labels of pairs and of sorted classes only where there are labels", () => {
  const said = findAudit(
    withPayload({
      duplicates: {
        ...example.payload.duplicates!,
        identicalRelabelled: null,
        nearRelabelled: null,
      },
      order: { ...example.payload.order!, sortedByClass: false, columns: [] },
    }),
    words,
    format,
  );
  assert.deepEqual(said.slice(3, 6), [
    "Rows that equal an earlier one: 7 of 118 without gaps.",
    "Pairs of rows that differ, but are far closer than is usual: 13.",
    "The order of the rows does not look random: those most like a row are 12.3 rows away from it on average, and would be 39.3 away in random order (p-value 0.0025).",
  ]);
  assert.match(said[6], /^Columns with another distribution in later\.csv/);
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
    number: "8",
    sentence: "of 8 checks found something",
  });
  const bare = withPayload({ ...unlabelled, rareClasses: [], drift: null });
  assert.deepEqual(headline(bare, words, format), {
    number: "2",
    sentence: "of 3 checks found something",
  });
});

Deno.test("findAudit() counts the others only where there are two or more, and says so of drift from one on", () => {
  const said = (count: number) => {
    const columns = ["a", "b", "c", "d", "e", "f", "g"].slice(0, count);
    const many = withPayload({
      identifiers: columns.map((column) => ({ column, sign: "ascending" })),
      drift: {
        ...example.payload.drift!,
        moved: count,
        columns: columns.map((column) => ({ ...example.payload.drift!.columns[0], column })),
      },
    });
    return findAudit(many, words, format).join(" ");
  };
  assert.match(said(6), /should not use: a, b, c, d, e, and f\./);
  assert.match(said(7), /should not use: a, b, c, d, e, and 2 more\./);
  assert.match(said(5), /later\.csv: 5 of 3, namely a, b, c, d, and e\./);
  assert.match(said(6), /later\.csv: 6 of 3, most of all a, b, c, d, and e\./);
});

Deno.test("findAudit() takes an order for one that matters up to a p-value of 0.05", () => {
  const said = (pValue: number) =>
    findAudit(withPayload({ order: { ...example.payload.order!, pValue } }), words, format)
      .some((sentence) => sentence.startsWith("The order of the rows does not look random"));
  assert.deepEqual([said(0.05), said(0.0501)], [true, false]);
});
