/**
 * Checks the figures of all pages: what a chart marks stands in its table under the same name, and is drawn within
 * axes that have numbers; cells are shaded by their values; covers draw what pages draw.
 */
import { languages } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { h } from "preact";
import { Typesetter } from "../apps/report-site/math/typesetter.ts";
import { renderPage } from "../apps/report-site/render.tsx";
import {
  elementsOf,
  type Markup,
  numberOf,
  readMarkup,
  textOf,
} from "../apps/report-site/testing/read_markup.ts";
import { experiments } from "./index.ts";

const language = languages.find(({ tag }) => tag === "en")!;
const typesetter = new Typesetter();

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The first number of a text, without its power of ten, and what half of its last digit is worth. */
function numberIn(text: string): { value: number; half: number } | undefined {
  const [, digits] = /([−-]?(?:\d[\d,]*)?\.?\d+)/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll(",", "").replace("−", "-");
  const decimals = plain.split(".")[1]?.length ?? 0;
  return { value: Number(plain), half: 0.5 * 10 ** -decimals };
}

/** Returns true if two texts show the same number, one of them perhaps with fewer digits or a power of ten apart. */
function showSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map(numberIn);
  if (a === undefined || b === undefined) return one.trim() === other.trim();
  return [...superscripts, "x"].some((_, at) =>
    [10 ** at, 10 ** -at].some((factor) =>
      Math.abs(a.value * factor - b.value) <= 1.01 * (a.half * factor + b.half)
    )
  );
}

interface Mark {
  readonly series: string;
  readonly texts: readonly string[];
}

/** The marks of a drawing for wide screens, each with the name of its series and its texts along x and y. */
function marksOf(drawing: Markup, series = ""): Mark[] {
  return drawing.children.flatMap((child) => {
    if (typeof child === "string") return [];
    const { attributes } = child;
    const own = attributes["data-series"] ?? series;
    const told = attributes["data-points"] ?? attributes["data-bars"] ?? attributes["data-mark"];
    const marks = told
      ? told.split(";").map((mark) => ({ series: own, texts: mark.split("|") }))
      : [];
    return [...marks, ...marksOf(child, own)];
  });
}

/** Numbers of an element that place it. */
const coordinates = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "width", "height", "r"];

function assertInside(drawing: Markup, where: string): void {
  const [width, height] = ["width", "height"].map((name) => numberOf(drawing, name));
  for (const element of elementsOf(drawing)) {
    for (const name of coordinates.filter((name) => name in element.attributes)) {
      const value = numberOf(element, name);
      const most = /x|width/.test(name) ? width : height;
      assert(value >= 0 && value <= most, `${where}: ${element.name} has ${name} ${value}`);
    }
    for (const [, x, y] of element.attributes.d?.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g) ?? []) {
      const isInside = Number(x) >= 0 && Number(x) <= width && Number(y) >= 0 &&
        Number(y) <= height;
      assert(isInside, `${where}: a line goes to ${x}, ${y}`);
    }
  }
}

function assertNumbered(drawing: Markup, where: string): void {
  for (const axis of elementsOf(drawing, "g", "axis")) {
    const ticks = elementsOf(axis, "g").map((tick) => textOf(elementsOf(tick, "text")[0]));
    assert(ticks.length >= 2, `${where}: an axis has ${ticks.length} numbers`);
    assert.equal(new Set(ticks).size, ticks.length, `${where}: ${ticks.join()}`);
    const shares = ticks.filter((tick) => tick.endsWith("%"));
    assert(shares.every((tick) => Number.parseFloat(tick) <= 100), `${where}: ${shares.join()}`);
  }
}

/** Figures whose tables have other numbers than their charts, with the same names. */
const otherNumbers: Readonly<Record<string, RegExp>> = {
  "charts show the distance to the best of a curve": /^(bic|held-out)/,
  "charts have shares, tables counts": /^scores(-|$)/,
  "charts have whole curves, tables how far they are from the diagonal": /^p-values$/,
  "charts have a dot for each seed or split, tables their means": /^(other-data-set|thresholds)-/,
};

function assertInTable(drawing: Markup, figure: Markup, where: string): void {
  const [head, ...rows] = elementsOf(figure, "tr").map((row) => row.children.map(textOf));
  const alike = (heading: string, text: string) =>
    heading === text || heading.endsWith(` (${text})`);
  const isOther = Object.values(otherNumbers).some((ids) => ids.test(figure.attributes.id));
  for (const { series, texts } of marksOf(drawing)) {
    const told = texts.filter((text) => text !== "").map((text) => text.replace(/ \(.*\)$/, ""));
    // What a mark is named after may stand above a column, too; only its cells are looked at, then.
    const headings = [series, ...told].filter((text) =>
      head.some((heading) => alike(heading, text))
    );
    const others = told.filter((text) => !headings.includes(text) && !(isOther && numberIn(text)));
    const names = headings.includes(series) ? [] : [series];
    const columns = head.flatMap((heading, at) =>
      headings.some((text) => alike(heading, text)) ? [at] : []
    );
    const isThere = rows.some((row) => {
      const cells = columns.length > 0 ? columns.map((at) => row[at]) : row;
      return names.every((name) => row.includes(name)) &&
        others.every((text) => [...cells, row[0]].some((cell) => showSame(text, cell)));
    });
    assert(isThere, `${where}: ${[series, ...told].join(", ")} is not in ${head.join(", ")}`);
  }
}

const offDiagonal = (rows: readonly (readonly number[])[]) =>
  rows.flatMap((row, at) => row.filter((_, column) => column !== at));

/** Shades that the cells of matrices have by their values, from -1 to 1, by the ends of the figures' anchors. */
const shades: readonly (readonly [
  figure: RegExp,
  shadesOf: (row: readonly number[], at: number, rows: readonly (readonly number[])[]) => number[],
])[] = [
  [/^(from-.*-)?contingency$/, (row) => row.map((value) => value / row.reduce((a, b) => a + b))],
  [/^agreement$/, (row) => [...row]],
  [/^(sweep|leaderboard-.*)$/, (row) => row.map((auroc) => Math.max(0, 2 * auroc - 1))],
  [/^confusion$/, (row, at, rows) => {
    const most = Math.max(...offDiagonal(rows));
    return row.map((value, column) => column === at ? 0 : value / most);
  }],
  [/^profiles$/, (row) => {
    const known = row.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b) / known.length;
    const farthest = Math.max(...known.map((value) => Math.abs(value - mean)));
    return row.map((value) => Number.isNaN(value) ? 0 : (value - mean) / farthest);
  }],
];

function assertShaded(drawing: Markup, id: string): void {
  const rows = elementsOf(drawing, "g").filter(({ attributes }) => attributes["data-name"])
    .map((row) => elementsOf(row, "rect", "cell")).filter(({ length }) => length > 0);
  if (rows.length === 0) return;
  const [, shadesOf] = shades.find(([figure]) => figure.test(id))!;
  const values = rows.map((row) =>
    row.map((cell) => numberIn(cell.attributes["data-mark"].split("|")[1])?.value ?? NaN)
  );
  for (const [at, row] of rows.entries()) {
    const expected = shadesOf(values[at], at, values);
    row.forEach((cell, column) => {
      const strength = (numberOf(cell, "fill-opacity") - 0.03) / 0.57;
      const shade = cell.attributes.class.includes("opposite") ? -strength : strength;
      // Values are written with few digits.
      const isAlike = Math.abs(shade - expected[column]) < 0.03;
      assert(isAlike, `${id}: ${cell.attributes["data-mark"]} has the shade ${shade}`);
    });
  }
}

/** The parts of a picture that tell something: the axes and marks of charts, images with their texts. */
function partsOf(picture: Markup): string[] {
  return [
    ...elementsOf(picture, "svg", "chart").flatMap((chart) => {
      const { "data-x-label": x, "data-y-label": y } = chart.attributes;
      // A column of a table is named after the kind of its numbers as well.
      const nameOf = (series: string) => series.replace(/^Number: /, "").toLowerCase();
      return marksOf(chart).map(({ series, texts }) => [x, y, nameOf(series), ...texts].join("|"));
    }),
    ...elementsOf(picture, "svg", "tile").map((tile) => {
      const [{ attributes: { href, x, y } }] = elementsOf(tile, "image");
      return [tile.attributes["aria-label"], href, x, y].join("|");
    }),
  ];
}

for (const { id, pages, example, cover } of experiments.filter(({ cover }) => cover)) {
  Deno.test(`the cover of ${id} has parts of its page`, async () => {
    const result = await example();
    const results = { byExperiment: { [id]: result } };
    const partsOfPage = (page: typeof pages[number]) => {
      const { html } = renderPage({ page, pages: [page], language, results, typesetter });
      return partsOf(elementsOf(readMarkup(html), "main")[0]);
    };
    const content = () => h(cover!.Content, { result });
    const parts = partsOfPage({ ...pages[0], content });
    const known = new Set(partsOfPage(pages[0]));
    assert(parts.length > 0);
    assert.deepEqual(parts.filter((part) => !known.has(part)), []);
  });
}

for (const { id, name, pages, example } of experiments) {
  Deno.test(`the page of ${id} has its name above, and charts that mark what tables have, within numbered axes`, async () => {
    const result = await example();
    const results = { byExperiment: { [id]: result } };
    for (const page of pages) {
      const { html, error } = renderPage({ page, pages: [page], language, results, typesetter });
      assert.equal(error, undefined);
      const markup = readMarkup(html);
      // The pages of the site that show results have headings of their own.
      if (!["try-it", "derivations"].includes(id)) {
        assert.equal(textOf(elementsOf(markup, "h1")[0]), name(language.tag));
      }
      for (const figure of elementsOf(markup, "figure")) {
        const [caption] = elementsOf(figure, "figcaption");
        assert.match(textOf(elementsOf(caption, "p")[0]), /\.$/, figure.attributes.id);
        for (const drawing of elementsOf(figure, "svg", "chart")) {
          const where = `${page.path} ${figure.attributes.id}`;
          assertInside(drawing, where);
          assertNumbered(drawing, where);
          assertShaded(drawing, figure.attributes.id);
          assert.match(textOf(elementsOf(drawing, "desc")[0]), /\.$/, where);
          if (elementsOf(figure, "table").length === 1) assertInTable(drawing, figure, where);
        }
      }
    }
  });
}
