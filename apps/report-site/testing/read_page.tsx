import type { JSX } from "preact";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import type { SiteLanguage } from "../language/language.ts";
import { Typesetter } from "../math/typesetter.ts";
import { definePage, type Page, type Results } from "../page.ts";
import { renderPage } from "../render.tsx";
import { elementsOf, type Markup, readMarkup, textOf } from "./read_markup.ts";

/** A page as it is shown, without the menu and the rest of its document; for tests only. */
export function shownPage(page: Page, results: Results, language: SiteLanguage): Markup {
  const nameOf = (experiment: string) => `the ${experiment}`;
  const typesetter = new Typesetter();
  const { html, error } = renderPage({
    page,
    pages: [page],
    language,
    results,
    typesetter,
    nameOf,
  });
  if (error) throw error;
  return elementsOf(readMarkup(html), "main")[0];
}

/** A component on a page of its own, in the first language; for tests only. */
export function shownAlone(Content: () => JSX.Element | null, uses: Results = noResults): Markup {
  const page = definePage({
    path: "folder/alone",
    title: () => "Alone",
    description: () => "It is alone.",
    needs: [],
    Content: () => <Content />,
  });
  return elementsOf(shownPage(page, uses, languages[0]), "div", "content")[0];
}

const noResults: Results = { byExperiment: {} };

/** The rows of the table inside the element with an id: what is in each cell, under the heading of its column. */
export function tableIn(page: Markup, id: string): Record<string, string>[] {
  const owner = elementsOf(page).find(({ attributes }) => attributes.id === id);
  assert(owner, `nothing has the id ${id}`);
  const [table, ...others] = elementsOf(owner, "table");
  assert(table && others.length === 0, `${id} has ${others.length + 1} tables`);
  const [head, ...rows] = elementsOf(table, "tr").map((row) =>
    row.children.map((cell) => textOf(cell))
  );
  assert.equal(new Set(head).size, head.length, head.join());
  return rows.map((row) => {
    assert.equal(row.length, head.length);
    return Object.fromEntries(row.map((cell, at) => [head[at], cell]));
  });
}

/** The terms inside an element and what is said of them. */
export function termsIn(markup: Markup): Record<string, string> {
  const texts = (name: string) => elementsOf(markup, name).map(textOf);
  const said = texts("dd");
  return Object.fromEntries(texts("dt").map((term, at) => [term, said[at]]));
}

/** A text with its numbers, which are written as in English, written as in another language. */
export function numbersIn({ tag }: SiteLanguage, text: string): string {
  return text.replace(/\d[\d,]*(?:\.(\d+))?/g, (number, decimals = "") => {
    const digits = decimals.length;
    const format = new Intl.NumberFormat(tag, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return format.format(Number(number.replaceAll(",", "")));
  });
}
