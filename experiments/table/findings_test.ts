import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import type { UsedTable } from "@mixtape/results";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findTable, headline } from "./findings.ts";
import type { TablePayload, TableResult } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const format = formatFor("en");

function resultOf(payload: Partial<TablePayload>, used: Partial<UsedTable> = {}): TableResult {
  const [own] = example.data;
  return {
    ...example,
    data: [{ ...own, ...used }],
    payload: { ...example.payload, ...payload },
  };
}

const plain: Partial<TablePayload> = {
  withGaps: 0,
  constant: { count: 0, names: [] },
  copied: { count: 0, columns: [] },
  repeated: { count: 0, sets: [] },
  correlations: null,
  omitted: { count: 0, columns: [] },
  classes: [],
};

Deno.test("findTable() tells size, gaps, copies, correlations and classes", () => {
  assert.deepEqual(findTable(resultOf({}, { columns: 6 }), words, format), [
    "measurements.csv: 120 rows, 6 columns of numbers.",
    "Rows drawn from the file: 120 of 300.",
    "Cells without a value: 1.3%, in 2 of 6 columns.",
    "Columns with a single value: 1. They tell no rows apart.",
    "Columns that are copies of an earlier one: 2. With them, a full covariance matrix has no inverse.",
    "Rows that equal an earlier one: 5 (4.2%). " +
    "Repeated rows make clusters look tighter, and tests more certain, than they are.",
    "Among 6 columns, pairs with a correlation of at least 0.95 in absolute value: 3, over 110 rows; " +
    "the strongest is length with width (−0.980). Such pairs make covariances hard to estimate.",
    "Columns left out because their cells are not numbers: 4.",
    "Number of classes: 2, from 50 rows (class dog) to 70 rows (class cat).",
  ]);
});

Deno.test("findTable() has little to say of a plain table", () => {
  const used = { rows: 1, fileRows: 1, columns: 1, missing: 0, classes: 0, classNames: [] };
  assert.deepEqual(findTable(resultOf(plain, used), words, format), [
    "measurements.csv: 1 row, 1 column of numbers.",
    "Every cell has a value.",
    "No two rows are equal.",
  ]);
  assert.deepEqual(headline(resultOf(plain, used), words, format), {
    number: "1",
    sentence: "row of 1 column; cells without a value: 0",
  });
});

Deno.test("findTable() writes no share above 0 as 0, and says which columns were compared", () => {
  const { correlations } = example.payload;
  const sentences = findTable(
    resultOf({ correlations: { ...correlations!, count: 0, pairs: [] } }, {
      rows: 100_000,
      columns: 20,
      missing: 7,
    }),
    words,
    format,
  );
  assertSays(sentences, "Cells without a value: less than 0.1%, in 2 of 20 columns.");
  assertSays(
    sentences,
    "Among the first 6 columns, no two have a correlation of at least 0.95 in absolute value, over 110 rows.",
  );
});

Deno.test("findTable() tells images", () => {
  const used = { imageShape: { height: 8, width: 9, channels: 3 }, missing: 0, columns: 216 };
  const result = resultOf({ ...plain, constant: { count: 4, names: [] } }, used);
  const sentences = findTable(result, words, format);
  assertSays(sentences, "measurements.csv: 120 images of 9 × 8 pixels, in colour.");
  assertSays(sentences, "Pixels that are the same in every image: 4.");
  assertSays(sentences, "No two images are equal.");
  const repeated = { count: 3, sets: [] };
  assertSays(
    findTable(resultOf({ ...plain, repeated }, used), words, format),
    "Images that equal an earlier one: 3 (2.5%)",
  );
  assert.equal(headline(result, words, format).sentence, "images of 9 × 8 pixels");
});

Deno.test("headline() counts cells without a value so that any number reads well, none included", () => {
  const sentence = (missing: number, t = words, language: "en" | "pt-BR" = "en") =>
    headline(resultOf({}, { missing }), t, formatFor(language)).sentence;
  assert.equal(sentence(0), "rows of 3 columns; cells without a value: 0");
  assert.equal(sentence(9), "rows of 3 columns; cells without a value: 9");
  assert.equal(sentence(1, portuguese, "pt-BR"), "linhas de 3 colunas; células sem valor: 1");
  assert.equal(sentence(0, portuguese, "pt-BR"), "linhas de 3 colunas; células sem valor: 0");
});

Deno.test("findTable() writes no share above 0 as 0, and one at the mark as it is", () => {
  const said = (missing: number) =>
    findTable(
      resultOf({ ...plain, withGaps: 1 }, { rows: 100, columns: 100, missing }),
      words,
      format,
    )
      .find((sentence) => sentence.startsWith("Cells without"));
  assert.match(said(4)!, /^Cells without a value: .*0\.1%/);
  assert.match(said(5)!, /^Cells without a value: 0\.1%/);
  assert.notEqual(said(4), said(5));
});

Deno.test("findTable() tells one copy and one column left out, and no classes that are not all listed", () => {
  const one = findTable(
    resultOf({
      ...plain,
      copied: { count: 1, columns: [{ name: "b", of: "a" }] },
      omitted: { count: 1, columns: [{ name: "c", reason: "text" }] },
    }),
    words,
    format,
  );
  assertSays(one, "Columns that are copies of an earlier one: 1.");
  assertSays(one, "Columns left out because their cells are not numbers: 1.");
  const { classes } = example.payload;
  const listed = findTable(resultOf({ ...plain, classes }, { classes: 3 }), words, format);
  assert(!listed.some((sentence) => sentence.startsWith("Number of classes")));
});

Deno.test("findTable() names every class that ties for the most or the fewest rows, and none where all do", () => {
  const said = (rows: readonly number[]) =>
    findTable(
      resultOf({ ...plain, classes: rows.map((count, at) => ({ name: `c${at}`, rows: count })) }, {
        classes: rows.length,
      }),
      words,
      format,
    ).at(-1);
  assert.equal(
    said([9, 9, 1]),
    "Number of classes: 3, from 1 row (class c2) to 9 rows (class c0 and class c1).",
  );
  assert.equal(
    said([9, 1, 1, 1, 1]),
    "Number of classes: 5, from 1 row (4 classes) to 9 rows (class c0).",
  );
  assert.equal(said([9, 9]), "Number of classes: 2, each with 9 rows.");
  assert.equal(said([9]), "Number of classes: 1, with 9 rows.");
});
