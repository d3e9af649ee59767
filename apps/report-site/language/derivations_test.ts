import assert from "node:assert/strict";
import { languages } from "./languages.ts";

/** The sections of an article that an expression is found in, by their anchors. */
function sectionsWith(article: string, found: RegExp): string[] {
  return article.split(/^## /m).slice(1).filter((section) => found.test(section))
    .map((section) => /\{#([\w-]+)\}/.exec(section)![1]);
}

Deno.test("each derivation begins with its algorithm in a box, and the normal density is written out", () => {
  for (const { text } of languages) {
    for (const { article } of [text.mixtureDerivation, text.missingDerivation]) {
      assert.match(article.markdown.split(/^## /m)[1], /^[^\n]* \{#short\}\n[^#]*\$\$/);
    }
    const { markdown } = text.mixtureDerivation.article;
    assert.deepEqual(sectionsWith(markdown, /\(2\\pi\)\^\{-D\/2\}/), ["setting"]);
    assert.deepEqual(sectionsWith(markdown, /9\.2\.1|9\.3\.2/), ["monotone", "k-means"]);
  }
});

Deno.test("a letter of the derivations stands for one thing", () => {
  for (const { text } of languages) {
    const mixture = text.mixtureDerivation.article.markdown;
    assert.deepEqual(sectionsWith(mixture, /\\lambda/), ["weights"]);
    assert.deepEqual(sectionsWith(mixture, /\\varepsilon/), ["k-means"]);
    assert.deepEqual(sectionsWith(mixture, /\\rho/), ["covariances"]);
    const missing = text.missingDerivation.article.markdown;
    // m is a mean, and never an index; what a cluster that lost its points costs is that of its missing entries.
    assert.doesNotMatch(missing, /_\{?m\b|\{m ?=/);
    assert.match(missing, /c\\,\|M_i\|/);
  }
});

Deno.test("weights and bounds of the derivation are positive where it divides by them", () => {
  for (const { text: { mixtureDerivation: { article } } } of languages) {
    assert.match(article.markdown, /\\pi_k > 0\$/);
    assert.match(article.markdown, /q_\{nk\} > 0\$/);
  }
});
