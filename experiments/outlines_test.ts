/**
 * Checks how the parts of all pages are laid out and drawn, which `outlines.json` holds: sizes, axes, series and marks
 * of charts, columns of tables, and which parts go where data lack something, so that none is left empty. With
 * `MIXTAPE_UPDATE=1` in the environment they write that file instead.
 */
import { languages } from "@mixtape/report-site";
import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { h } from "preact";
import { Typesetter } from "../apps/report-site/math/typesetter.ts";
import { renderPage } from "../apps/report-site/render.tsx";
import { elementsOf, readMarkup } from "../apps/report-site/testing/read_markup.ts";
import type { Experiment } from "./experiment.ts";
import { experiments } from "./index.ts";
import outlines from "./outlines.json" with { type: "json" };
import { linesOf, type Outline, outlineOf } from "./run/testing/outline.ts";
import { kindOf, placesIn, valueAt, withoutPlace, withValue } from "./run/testing/places.ts";

const language = languages.find(({ tag }) => tag === "en")!;
const typesetter = new Typesetter();

/** The pages of an experiment with a result; none if one cannot be made of it. */
function htmlOf({ id, pages }: Experiment, result: Result): string[] {
  const results = { byExperiment: { [id]: result } };
  const shown = pages.map((page) =>
    renderPage({ page, pages: [page], language, results, typesetter })
  );
  return shown.some(({ error }) => error) ? [] : shown.map(({ html }) => html);
}

interface Outlines {
  /** Outlines of the pages of the examples, by their paths. */
  readonly pages: Record<string, Outline>;
  /** Lines for the covers, by the names of experiments. */
  readonly covers: Record<string, readonly string[]>;
  /** Parts that the page of an experiment on one's own data has no more, where a field holds nothing or one entry. */
  readonly lost: Record<string, Readonly<Record<string, readonly string[]>>>;
}

const before: Outlines = outlines;
const found: Outlines = { pages: {}, covers: {}, lost: {} };
const isUpdate = Deno.env.get("MIXTAPE_UPDATE") === "1";

/** Compares something with what the file holds, or notes it for the file. */
function look<Kind extends keyof Outlines>(kind: Kind, name: string, seen: Outlines[Kind][string]) {
  found[kind][name] = seen;
  if (!isUpdate) assert.deepEqual(seen, before[kind][name]);
}

for (const experiment of experiments) {
  const { id, pages, cover } = experiment;

  Deno.test(`the pages of ${id} are laid out and drawn as they were`, async () => {
    const result = await experiment.example();
    const shown = htmlOf(experiment, result);
    pages.forEach(({ path }, at) => look("pages", path, outlineOf(readMarkup(shown[at]))));
    if (cover === undefined) return;
    const content = () => h(cover.Content, { result });
    const [html] = htmlOf({ ...experiment, pages: [{ ...pages[0], content }] }, result);
    look("covers", id, linesOf(elementsOf(readMarkup(html), "main")[0]));
  });
}

/** Lists that are never empty. */
const neverEmpty: readonly { readonly because: string; readonly field: string }[] = [
  { because: "each row lies in a bin", field: "classes calibration.bins" },
  { because: "a method agrees with itself", field: "missing groupings.*.agreement" },
];

const nothing =
  /<tbody><\/tbody>|<(ul|ol|p|figcaption|caption)\b[^>]*><\/\1>|<\/h[234]><\/section>/;

for (const experiment of experiments.filter(({ onOwnData }) => onOwnData)) {
  const { id, schema } = experiment;

  Deno.test(`the page of ${id} loses the parts for which data lack something, and has none without content`, async () => {
    const result = await experiment.example();
    const partsOf = (payload: unknown, field: string) => {
      const [html] = htmlOf(experiment, { ...result, payload });
      if (html === undefined) return undefined;
      assert.doesNotMatch(html, nothing, field);
      return Object.keys(outlineOf(readMarkup(html)));
    };
    const all = partsOf(result.payload, "")!;
    const losses = new Map<string, string[]>();
    for (const path of placesIn(result.payload)) {
      const value = valueAt(result.payload, path);
      const field = kindOf(path);
      const variants = new Map([[field, withoutPlace(result.payload, path)]]);
      if (Array.isArray(value) && value.length > 1) {
        variants.set(`${field} of 1`, withValue(result.payload, path, value.slice(0, 1)));
      }
      for (const [name, payload] of variants) {
        const isMeant = !losses.has(name) &&
          !neverEmpty.some((one) => one.field === `${id} ${name}`) &&
          schema.safeParse(payload).success;
        const left = isMeant ? partsOf(payload, name) : undefined;
        // Of what belongs together one part alone cannot be shown.
        if (isMeant) assert(left !== undefined || name.endsWith(" of 1"), name);
        if (left) losses.set(name, all.filter((part) => !left.includes(part)));
      }
    }
    const changed = [...losses].filter(([, parts]) => parts.length > 0);
    look("lost", id, Object.fromEntries(changed));
  });
}

Deno.test("outlines.json holds every page, and none that is gone", async () => {
  const paths = experiments.flatMap(({ pages }) => pages.map(({ path }) => path));
  assert.deepEqual(Object.keys(found.pages), paths, "run all tests of this file");
  if (!isUpdate) return assert.deepEqual(namesIn(found), namesIn(before));
  const file = new URL("outlines.json", import.meta.url);
  await Deno.writeTextFile(file, `${JSON.stringify(found, null, 2)}\n`);
});

function namesIn(outlines: Outlines): string[][] {
  return Object.values(outlines).map((named) => Object.keys(named).sort());
}
