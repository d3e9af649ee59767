import assert from "node:assert/strict";
import { experiments } from "@mixtape/experiments";
import { languages } from "./language/languages.ts";
import { Typesetter } from "./math/typesetter.ts";
import type { Results } from "./page.ts";
import { renderPage } from "./render.tsx";
import { joinStyles } from "./styles.ts";
import { exampleBenchmarks } from "./testing/example_benchmarks.ts";
import { exampleRuns } from "./testing/example_runs.ts";
import { examplesByExperiment, plan } from "./testing/examples.ts";
import { elementsOf, readMarkup } from "./testing/read_markup.ts";

const ofExperiments = experiments.flatMap(({ styles = [] }) => styles);

/** Classes that only scripts give to something, or that no example brings about: a figure emphasised, a tip, the pad, a flag in a page not run. */
const beyondPages = [
  ...["no-line", "unseen", "flag"],
  ...["tip", "here", "emphasis", "linked", "run-choice", "table-tools", "steps", "chart-file"],
  ...[
    "try-it",
    "image-choice",
    "pad",
    "target",
    "upload",
    "choices",
    "choice",
    "try-it-choices",
    "try-it-pad",
  ],
  ...["verdict", "verdict-head", "verdict-words", "took", "probabilities", "likeliest"],
  ...["alike", "alike-images"],
];

/** The text of every component and script of the site. */
function* sources(folder: URL): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else if (/(?<!_test)\.tsx?$/.test(name)) yield Deno.readTextFileSync(new URL(name, folder));
  }
}

/** The classes of everything on the pages of examples, with results and almost without. */
function classesOnPages(): Set<string> {
  const [language] = languages;
  const typesetter = new Typesetter();
  const everything: Results = {
    byExperiment: examplesByExperiment,
    benchmarks: exampleBenchmarks,
    runs: exampleRuns,
  };
  const problem = { message: "damaged", error: new RangeError("damaged"), concerns: () => true };
  // The first page opens with images where no table has a picture.
  const images = { "kmeans-init": examplesByExperiment["kmeans-init"] };
  const found = new Set<string>();
  for (
    const [results, problems] of [[everything, []], [{ byExperiment: images }, [problem]]] as const
  ) {
    for (const page of plan.pages) {
      const options = { page, pages: plan.pages, language, typesetter };
      const { html } = renderPage({ ...options, results, problems });
      for (const { attributes } of elementsOf(readMarkup(html))) {
        for (const name of attributes.class?.split(" ") ?? []) found.add(name);
      }
    }
  }
  return found;
}

Deno.test("joinStyles() puts the styles of elements before those of components, and experiments last", async () => {
  const styles = await joinStyles(ofExperiments.toReversed());
  assert.equal(styles, await joinStyles(ofExperiments));
  const at = (text: string) => {
    assert.equal(styles.split(text).length, 2, text);
    return styles.indexOf(text);
  };
  const parts = ["  --paper: light", "\nbody {", "\n.anchor {", "\n.headlines {", "\n.frames {"];
  const places = parts.map(at);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
});

Deno.test("every class that has a style is one that something on the pages has", async () => {
  const styles = (await joinStyles(ofExperiments)).replace(/\/\*[\s\S]*?\*\//g, "");
  const selectors = [...styles.matchAll(/[^{}]+(?=\{)/g)].join("\n");
  const classes = new Set([...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name));
  assert.ok(classes.size > 100);
  const onPages = classesOnPages();
  const unused = [...classes].filter((name) => !onPages.has(name));
  assert.deepEqual(unused.sort(), beyondPages.toSorted());
  const code = ["islands/", "components/"]
    .flatMap((folder) => [...sources(new URL(folder, import.meta.url))]).join("\n");
  const unnamed = beyondPages.filter((name) => !new RegExp(`["'\`\\s]${name}["'\`\\s]`).test(code));
  assert.deepEqual(unnamed, []);
});
