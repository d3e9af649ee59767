import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findOutliers, headline, smallText } from "./findings.ts";
import type { ForeignOutliers, OutliersPayload, OutliersResult } from "./result.ts";
import { words as en } from "./words/en.ts";
import { words as pt } from "./words/pt_br.ts";

const format = formatFor("en");

function withPayload(change: Partial<OutliersPayload>): OutliersResult {
  return { ...example, payload: { ...example.payload, ...change } };
}

function withForeign(change: Partial<ForeignOutliers>): OutliersResult {
  return withPayload({ foreign: { ...example.payload.foreign!, ...change } });
}

Deno.test("findOutliers() tells how many rows are odd, and why the oddest is, in every language", () => {
  const [reason] = example.payload.listed[0].reasons;
  assert.deepEqual(
    [reason.column, reason.value, reason.low, reason.high, reason.expected],
    ["length", 9.5, 1.5, 8, 4.25],
  );
  assert.deepEqual(findOutliers(example, en, format), [
    "2 of 120 rows are discoveries at a false discovery rate of 10%, under the fitted density.",
    "The oddest is row r3; the number of rows as odd that chance gives is 0.024 on average.",
    "It stands out most in length: 9.500, where 90% of the rows have 1.500 to 8.000, and 4.250 would be expected from its other columns.",
    "1 of 40 rows of other.csv is a discovery at a false discovery rate of 10%, by conformal p-values.",
    "The score tells the rows of other.csv from those of the table with an AUROC of 0.800 (95% interval 0.700 to 0.880).",
  ]);
  assert.deepEqual(findOutliers(example, pt, formatFor("pt-BR")), [
    "2 de 120 linhas são descobertas a uma taxa de falsas descobertas de 10%, sob a densidade ajustada.",
    "A mais estranha é a linha r3; o número de linhas tão estranhas que o acaso dá é, em média, 0,024.",
    "Ela se destaca sobretudo em length: 9,500, enquanto 90% das linhas têm de 1,500 a 8,000, e se esperaria 4,250 a partir de suas outras colunas.",
    "1 de 40 linhas de other.csv é descoberta a uma taxa de falsas descobertas de 10%, por valores-p conformais.",
    "A pontuação distingue as linhas de other.csv das da tabela com AUROC de 0,800 (intervalo de 95% de 0,700 a 0,880).",
  ]);
});

Deno.test("findOutliers() says no more than the numbers bear", () => {
  const [oddest] = example.payload.listed;
  const none = findOutliers(
    withPayload({
      discoveries: 0,
      foreign: null,
      listed: [{ ...oddest, id: null, byChance: 1e-9, reasons: [] }],
    }),
    en,
    format,
  );
  assert.deepEqual(none, [
    "Of 120 rows, none is a discovery at a false discovery rate of 10%.",
    "The oddest is row 3; the number of rows as odd that chance gives is < 10⁻⁶ on average.",
  ]);
  const [reason] = oddest.reasons;
  const charged = { ...oddest, reasons: [{ ...reason, expected: null }, reason] };
  const said = findOutliers(withPayload({ listed: [charged], foreign: null }), en, format);
  assert.deepEqual(said.slice(2), [en.findingCharged("length", "9.500", "1.500", "8.000")]);
  assertSays(findOutliers(withPayload({ discoveries: 1 }), en, format), "1 of 120 rows is a disc");
  const level = 0.95;
  const apart = (auroc: number, low: number, high: number) =>
    findOutliers(
      withForeign({ separation: { auroc, aurocInterval: { low, high, level } } }),
      en,
      format,
    ).at(-1)!;
  assert.match(
    apart(0.55, 0.48, 0.61),
    /^No difference is shown .* 0\.550 \(95% interval 0\.480 to 0\.610\)/,
  );
  assert.match(apart(0.55, 0.5, 0.61), /^No difference/);
  assert.match(apart(0.45, 0.4, 0.5), /^No difference/);
  assert.match(
    apart(0.4, 0.3, 0.49),
    /less odd than those of the table: AUROC 0\.400 \(95% interval 0\.300 to 0\.490\)/,
  );
  const few = findOutliers(withForeign({ separation: null, discoveries: 0 }), en, format);
  assert.match(few.at(-1)!, /With 120 rows to compare with, no fewer than 4 could be/);
  const one = withForeign({ separation: null, discoveries: 0, comparedWith: 249 });
  assert.match(findOutliers(one, en, format).at(-1)!, /no fewer than 2 could be/);
  const many = withForeign({ separation: null, discoveries: 0, comparedWith: 399 });
  assert.match(findOutliers(many, en, format).at(-1)!, /^0 of 40 rows of other.csv are/);
});

Deno.test("headline() of outliers gives their number, and how many chance adds", () => {
  assert.deepEqual(headline(example, en, format), {
    number: "2",
    sentence: "of 120 rows found to be outliers, at a false discovery rate of 10%",
    uncertainty: "by chance, at most 0.20 on average",
  });
  const { number, uncertainty } = headline(withPayload({ discoveries: 0 }), en, format);
  assert.deepEqual([number, uncertainty], ["0", "under the fitted density"]);
  const one = withPayload({ discoveries: 1 });
  assert.match(headline(one, en, format).sentence, /^of 120 rows found to be an outlier, at a/);
  assert.match(
    headline(one, pt, formatFor("pt-BR")).sentence,
    /^de 120 linhas tida como anomalia,/,
  );
  assert.equal(smallText(1e-6, en, format), "1.0 × 10⁻⁶");
});
