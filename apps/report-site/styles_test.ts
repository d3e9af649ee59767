import assert from "node:assert/strict";
import { experiments } from "@mixtape/experiments";
import { fileURLToPath } from "node:url";
import { joinStyles } from "./styles.ts";

const ofExperiments = experiments.flatMap(({ styles = [] }) => styles);

/** The text of every component, script and page, of the site and of the experiments. */
function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (/(?<!_test)\.tsx?$/.test(name)) yield Deno.readTextFileSync(path);
  }
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
  const site = fileURLToPath(new URL(".", import.meta.url));
  const code = [...sources(site), ...sources(`${site}/../../experiments`)].join("\n");
  const styles = (await joinStyles(ofExperiments)).replace(/\/\*[\s\S]*?\*\//g, "");
  const selectors = [...styles.matchAll(/[^{}]+(?=\{)/g)].join("\n");
  const classes = new Set([...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name));
  assert.ok(classes.size > 100);
  // KaTeX's own, and the places of a series in its chart.
  const known = /^(katex(-display)?|series-\d)$/;
  const unused = [...classes].filter((name) => !known.test(name))
    .filter((name) => !new RegExp(`["'\`\\s]${name}["'\`\\s]`).test(code));
  assert.deepEqual(unused, []);
});
