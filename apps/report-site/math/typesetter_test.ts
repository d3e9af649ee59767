import assert from "node:assert/strict";
import { Typesetter } from "./typesetter.ts";

Deno.test("Typesetter.typeset() writes HTML and MathML without style attributes", () => {
  const html = new Typesetter().typeset(String.raw`\sqrt{\frac{a}{b}}`, true);
  assert.match(html, /<math /);
  assert.match(html, /class="katex-html" aria-hidden="true"/);
  assert.doesNotMatch(html, /style=/);
});

Deno.test("Typesetter.stylesheet() has a rule for each class that stands for a style", () => {
  const typesetter = new Typesetter();
  const html = typesetter.typeset(String.raw`\sum_{k=1}^{K} \pi_k \Bigl( x \Bigr)^2`, true);
  const classes = new Set(html.match(/\bk-[\w-]+/g)?.filter((name) => !name.startsWith("k-atex")));
  assert(classes.size > 3);
  const rules = typesetter.stylesheet();
  for (const name of classes) assert(rules.includes(`.katex .${name}{`), name);
});

Deno.test("Typesetter.stylesheet() refers to fonts that are there, and to no others", async () => {
  const fonts = new Typesetter().stylesheet().match(/url\(([^)]*)\)/g) ?? [];
  assert(fonts.length > 10);
  for (const font of fonts) {
    const path = font.slice(4, -1);
    assert.match(path, /^fonts\/.*\.woff2$/);
    await Deno.stat(new URL(`../static/katex/${path}`, import.meta.url));
  }
});

Deno.test("Typesetter.typeset() refuses what is not LaTeX", () => {
  assert.throws(() => new Typesetter().typeset(String.raw`\frac{a}`, false), /KaTeX/);
});
