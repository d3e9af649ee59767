import { checkIds, type DerivationsResult } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../../language/languages.ts";
import { exampleEnvelope } from "../../testing/example_envelope.ts";
import { elementsOf, type Markup, textOf } from "../../testing/read_markup.ts";
import { numbersIn, shownPage, tableIn } from "../../testing/read_page.tsx";
import { missingDerivationPage, mixtureDerivationPage } from "./derivation_page.tsx";

const result: DerivationsResult = exampleEnvelope("derivations", {
  checks: checkIds.map((id, at) => ({
    id,
    error: (at + 1) * 1e-7,
    tolerance: (at + 1) * 1e-5,
    passed: at !== 2 && at < 11,
    cases: 100 + at,
  })),
  missingCost: [9.5, 7.25, 6.125],
  mixtureLogLikelihood: [-90, -80, -75, -70.5],
  monteCarlo: [
    {
      id: "missing-cost-matches-monte-carlo",
      closedForm: 12.5,
      estimate: 12.25,
      standardError: 0.021,
      draws: 3000,
    },
    {
      id: "mixture-moments-match-monte-carlo",
      closedForm: 22.5,
      estimate: 22.25,
      standardError: 0.031,
      draws: 4000,
    },
  ],
});

const pages = [
  { name: "missing", page: missingDerivationPage, first: 0, trace: result.payload.missingCost },
  {
    name: "mixture",
    page: mixtureDerivationPage,
    first: 6,
    trace: result.payload.mixtureLogLikelihood,
  },
] as const;

function idsOf(page: Markup): string[] {
  return elementsOf(page).flatMap(({ attributes }) => attributes.id ?? []);
}

Deno.test("each derivation shows its own checks, in the text and in a table, and how many fail", () => {
  for (const language of languages) {
    const { derivations: t, site } = language.text;
    const number = (value: string) => numbersIn(language, value);
    for (const { name, page, first } of pages) {
      const shown = shownPage(page, { byExperiment: { derivations: result } }, language);
      const own = checkIds.slice(first, first + 6);
      const table = tableIn(shown, `derivations-${name}-checks`);
      assert.deepEqual(
        table.map((row) => row[t.columns.statement]),
        own.map((id) => t.statements[id]),
      );
      assert.deepEqual(
        table.map((row) => row[t.columns.cases]),
        own.map((_, at) => String(100 + first + at)),
      );
      const passed = own.map((_, at) => first + at !== 2 && first + at < 11);
      assert.deepEqual(
        table.map((row) => row[t.columns.passed]),
        passed.map((one) => one ? site.yes : site.no),
      );
      const [error, accepted] = first === 0
        ? ["3.0 × 10⁻⁷", "3.0 × 10⁻⁵"]
        : ["9.0 × 10⁻⁷", "9.0 × 10⁻⁵"];
      assert.equal(table[2][t.columns.error], number(error));
      assert.equal(table[2][t.columns.tolerance], number(accepted));
      const said = elementsOf(shown, "p", "check");
      assert.equal(said.length, 6);
      for (const [at, id] of own.entries()) {
        const check = said.find((one) => textOf(one).includes(t.statements[id]))!;
        assert.equal(check.attributes.class, passed[at] ? "check holds" : "check fails");
        assert.equal(textOf(check).startsWith(passed[at] ? "✓" : "✗"), true);
        const row = table[at];
        const bounds = t.checkBounds(
          row[t.columns.error],
          row[t.columns.tolerance],
          row[t.columns.cases],
        );
        assert(textOf(check).includes(`: ${t.check(passed[at])}${bounds}`), textOf(check));
      }
      const [found] = elementsOf(shown, "ul", "found");
      assert.equal(textOf(found), t.findingSome("1", "6"));
    }
  }
});

Deno.test("each derivation shows its own trace and its own estimates", () => {
  const [english] = languages;
  const t = english.text.derivations;
  for (const { name, page, trace } of pages) {
    const shown = shownPage(page, { byExperiment: { derivations: result } }, english);
    const [chart] = elementsOf(shown, "svg", "wide");
    const points = elementsOf(chart, "circle", "dot");
    assert.equal(points.length, trace.length);
    const { traceX, traceY } = name === "missing"
      ? english.text.missingDerivation
      : english.text.mixtureDerivation;
    const rows = tableIn(shown, "trace");
    assert.deepEqual(rows.map((row) => row[traceX]), trace.map((_, at) => String(at + 1)));
    assert.deepEqual(
      rows.map((row) => Number(row[traceY].replace("−", "-"))),
      [...trace],
    );
    const c = t.monteCarloColumns;
    const ten = name === "missing" ? "1" : "2";
    assert.deepEqual(tableIn(shown, "monte-carlo"), [{
      [c.statement]: name === "missing"
        ? t.statements["missing-cost-matches-monte-carlo"]
        : t.statements["mixture-moments-match-monte-carlo"],
      [c.closedForm]: `${ten}2.500`,
      [c.estimate]: `${ten}2.250`,
      [c.standardError]: name === "missing" ? "0.021" : "0.031",
      [c.draws]: name === "missing" ? "3,000" : "4,000",
    }]);
  }
});

Deno.test("a derivation says when all of its checks hold, and how to run them when none was run", () => {
  const [english] = languages;
  const t = english.text.derivations;
  const checks = result.payload.checks.map((check) => ({ ...check, passed: true }));
  const payload = { ...result.payload, checks, monteCarlo: [] };
  for (const { page } of pages) {
    const results = { byExperiment: { derivations: { ...result, payload } } };
    const shown = shownPage(page, results, english);
    assert.equal(textOf(elementsOf(shown, "ul", "found")[0]), t.findingAll("6"));
    assert(!idsOf(shown).includes("monte-carlo"));
    const bare = shownPage(page, { byExperiment: {} }, english);
    assert.equal(elementsOf(bare, "ul", "found").length, 0);
    assert(textOf(bare).includes(t.checksNotRun));
    assert(textOf(bare).includes("deno task experiments derivations"));
    assert.equal(elementsOf(bare, "p", "check").length, 0);
  }
});
