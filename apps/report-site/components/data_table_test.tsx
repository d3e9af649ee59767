import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { Typesetter } from "../math/typesetter.ts";
import { definePage } from "../page.ts";
import { renderPage } from "../render.tsx";
import { exampleEnvelope, exampleSprite } from "../testing/example_envelope.ts";
import { elementsOf, type Markup, readMarkup, textOf } from "../testing/read_markup.ts";
import { shownAlone, tableIn } from "../testing/read_page.tsx";
import { DataTable, type DataTableProps } from "./data_table.tsx";
import { Figure } from "./figure.tsx";
import { Stepped } from "./stepped.tsx";

const table: DataTableProps = {
  caption: "Times",
  name: "times",
  columns: [
    { label: "Name" },
    { label: "Took", format: (value) => value.toFixed(1), unit: "s" },
    { label: "Note" },
  ],
  rows: [["a", 1.25, null], ["b", null, 7], [3, 4.75, "x"]],
};

Deno.test("DataTable writes each cell as its column does, and a dash where nothing is", () => {
  const shown = shownAlone(() => <DataTable {...table} marked={[0, 2]} current={1} />);
  assert.deepEqual(tableIn(shown, "times"), [
    { Name: "a", Took: "1.3", Note: "—" },
    { Name: "b", Took: "—", Note: "7" },
    { Name: "3", Took: "4.8", Note: "x" },
  ]);
  const [head, ...rows] = elementsOf(shown, "tr");
  const classes = (row: Markup) =>
    [...elementsOf(row, "th"), ...elementsOf(row, "td")].map((cell) => cell.attributes.class);
  assert.deepEqual(classes(head), [undefined, "number", undefined]);
  assert.deepEqual(classes(rows[0]), [undefined, "number", undefined]);
  assert.deepEqual(elementsOf(head, "th").map(({ attributes }) => attributes.scope), [
    "col",
    "col",
    "col",
  ]);
  for (const row of rows) {
    assert.deepEqual(elementsOf(row, "th").map(({ attributes }) => attributes.scope), ["row"]);
    assert.equal(elementsOf(row, "td").length, 2);
  }
  assert.deepEqual(rows.map((row) => row.attributes.class), ["marked", undefined, "marked"]);
  assert.deepEqual(rows.map((row) => row.attributes["aria-current"]), [
    undefined,
    "true",
    undefined,
  ]);
  assert.equal(elementsOf(shown).some(({ attributes }) => attributes["data-island"]), false);
});

Deno.test("DataTable with filters tells the island its columns", () => {
  const shown = shownAlone(() => <DataTable {...table} filters={[2, 0]} />);
  const [island] = elementsOf(shown).filter(({ attributes }) => attributes["data-island"]);
  const { filterAll, filterOf } = languages[0].text.site;
  assert.equal(island.attributes["data-island"], "table");
  assert.deepEqual(JSON.parse(island.attributes["data-properties"]), {
    table: "times",
    filters: [{ column: 2, label: "Note" }, { column: 0, label: "Name" }],
    all: filterAll,
    of: filterOf,
  });
  assert.equal(elementsOf(shown, "table")[0].attributes["data-table"], "times");
});

Deno.test("a table and a figure come with their numbers as files, their images and their options", () => {
  const [language] = languages;
  const { site } = language.text;
  const images = ["data/a.png", "data/b.png"].map((file) => exampleSprite(file, 2, 4));
  const page = definePage({
    path: "folder/page",
    title: () => "A page",
    description: () => "It says something.",
    needs: [],
    uses: ["data"],
    Content: () => (
      <>
        <DataTable {...table} origins={[]} />
        <Figure id="fig" title="Figure" caption="How to read it" images={images} table={table}>
          <p>picture</p>
        </Figure>
        <Figure id="one" title="One" caption="" images={images[0]} table={table} />
        <Figure id="none" title="None" caption="" />
      </>
    ),
  });
  const results = { byExperiment: { data: exampleEnvelope("data", {}) } };
  const typesetter = new Typesetter();
  const { html, attachments } = renderPage({ page, pages: [page], language, results, typesetter });
  const byId = (id: string) =>
    elementsOf(readMarkup(html)).find(({ attributes }) => attributes.id === id)!;
  const downloads = (id: string) =>
    elementsOf(byId(id), "p", "download").flatMap((one) => elementsOf(one, "a"))
      .map((link) => [textOf(link), link.attributes.download, link.attributes.href]);
  const folder = `${language.folder}tables`;
  const up = "../".repeat(language.folder.split("/").length);
  assert.deepEqual(downloads("times").map(([kind, as]) => [kind, as]), [
    ["CSV", "times.csv"],
    ["JSON", "times.json"],
  ]);
  assert.deepEqual(downloads("fig").map(([kind, as]) => [kind, as]), [
    ["CSV", "folder-page-fig.csv"],
    ["JSON", "folder-page-fig.json"],
    ["PNG 1", "a.png"],
    ["PNG 2", "b.png"],
  ]);
  assert.equal(downloads("fig")[3][2], `${up}results/data/b.png`);
  assert.deepEqual(downloads("one").at(-1)?.slice(0, 2), ["PNG", "a.png"]);
  assert.deepEqual(downloads("none"), []);
  const [link] = elementsOf(elementsOf(byId("fig"), "p", "download")[0], "a");
  assert.equal(link.attributes["aria-label"], site.downloadAs("Figure", "CSV"));
  assert.deepEqual([...attachments.keys()].sort(), [
    `${folder}/folder-page-fig.csv`,
    `${folder}/folder-page-fig.json`,
    `${folder}/folder-page-one.csv`,
    `${folder}/folder-page-one.json`,
    `${folder}/times.csv`,
    `${folder}/times.json`,
  ]);
  assert.match(
    attachments.get(`${folder}/folder-page-fig.csv`)!,
    /^Name,Took,Note\r\na,1\.25,\r\n/,
  );
  const json = JSON.parse(attachments.get(`${folder}/folder-page-fig.json`)!);
  assert.deepEqual([json.title, json.caption, json.language], [
    "Figure",
    "How to read it",
    language.tag,
  ]);
  assert.equal(json.page, `${language.folder}folder/page.html#fig`);
  assert.equal(json.origins[0].name, "data");
  assert.deepEqual(JSON.parse(attachments.get(`${folder}/times.json`)!).origins, []);
  assert.equal(elementsOf(byId("times"), "details").length, 0);
  const options = elementsOf(byId("fig"), "details", "options");
  const [own] = options;
  assert.deepEqual(elementsOf(own, "li").map(textOf), [
    "profile: quick",
    "seed: 7",
    "data set: sample",
    "epochs: 3",
    "shares missing: 0; 0.5",
    "note for tests",
    "limit all",
  ]);
  assert.deepEqual(elementsOf(own, "a").map(({ attributes }) => attributes.href), ["#provenance"]);
  const [heading] = elementsOf(byId("fig"), "h3");
  assert(textOf(heading).startsWith("Figure"));
  assert.equal(textOf(elementsOf(byId("fig"), "div", "picture")[0]), "picture");
  assert.equal(elementsOf(byId("one"), "div", "picture").length, 0);
});

Deno.test("Stepped shows the first and the last without scripts, and tells the island all", () => {
  const steps = ["a", "b", "c"].map((name) => ({ name, content: `at ${name}` }));
  const shown = shownAlone(() => <Stepped group="g" label="rate" steps={steps} />);
  const parts = elementsOf(shown, "div").filter(({ attributes }) => attributes["data-steps"]);
  assert.deepEqual(
    parts.map((
      { attributes },
    ) => [attributes["data-step"], "hidden" in attributes, "data-between" in attributes]),
    [["0", false, false], ["1", true, true], ["2", false, false]],
  );
  assert.deepEqual(parts.map(textOf), ["at a", "at b", "at c"]);
  const properties = (markup: Markup) =>
    elementsOf(markup).flatMap(({ attributes }) => attributes["data-properties"] ?? [])
      .map((one) => JSON.parse(one));
  assert.deepEqual(properties(shown), [
    { group: "g", label: "rate", steps: ["a", "b", "c"], start: 2 },
  ]);
  const started = shownAlone(() => <Stepped group="g" label="rate" steps={steps} start={0} />);
  assert.equal(properties(started)[0].start, 0);
  const single = shownAlone(() => <Stepped group="g" label="rate" steps={steps.slice(0, 1)} />);
  assert.deepEqual(properties(single), []);
});
