import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { Typesetter } from "../math/typesetter.ts";
import type { Page } from "../page.ts";
import { renderPage } from "../render.tsx";

/** The cells of a table as they are shown: by heading, one text per row. */
export type ShownTable = Readonly<Record<string, readonly string[]>>;

/**
 * Renders a page of a result in English and reads its tables; for tests only.
 *
 * @param page The page.
 * @param result The result that it shows.
 * @returns The tables by the anchors of their figures, or by their own.
 */
export function readTables(page: Page, result: Result): ReadonlyMap<string, ShownTable> {
  const { html, error } = renderPage({
    page,
    pages: [page],
    language: languages.find(({ tag }) => tag === "en")!,
    results: { byExperiment: { [result.experiment]: result } },
    typesetter: new Typesetter(),
  });
  assert.equal(error, undefined);
  const found = new Map<string, ShownTable>();
  for (const part of html.split(/(?=<figure id="|<div class="data-table" id=")/).slice(1)) {
    const [, anchor] = /id="([^"]*)"/.exec(part)!;
    const [table] = /<table[^]*?<\/table>/.exec(part) ?? [];
    if (table !== undefined) found.set(anchor, readTable(table));
  }
  return found;
}

function readTable(html: string): ShownTable {
  const [headings, ...rows] = Array.from(
    html.matchAll(/<tr[^>]*>([^]*?)<\/tr>/g),
    ([, row]) =>
      Array.from(row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g), ([, cell]) => plain(cell)),
  );
  assert.equal(new Set(headings).size, headings.length, headings.join(", "));
  for (const row of rows) assert.equal(row.length, headings.length, row.join(", "));
  return Object.fromEntries(headings.map((heading, at) => [heading, rows.map((row) => row[at])]));
}

function plain(html: string): string {
  return html.replace(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
