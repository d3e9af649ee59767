import assert from "node:assert/strict";
import { DetectorsLink } from "../components/detectors_link.tsx";
import { languages } from "../language/languages.ts";
import { elementsOf } from "../testing/read_markup.ts";
import { shownAlone, shownPage, termsIn } from "../testing/read_page.tsx";
import { termsPage } from "./terms.tsx";

Deno.test("the page of terms defines each in the language of the reader, with its other name, in alphabetical order", () => {
  const [english, portuguese] = languages;
  const inEnglish = termsIn(shownPage(termsPage, { byExperiment: {} }, english));
  const inPortuguese = termsIn(shownPage(termsPage, { byExperiment: {} }, portuguese));
  assert.equal(inEnglish["clustergrupo"], english.glossary.terms.cluster.definition);
  assert.equal(inPortuguese["grupocluster"], portuguese.glossary.terms.cluster.definition);
  const { terms, detectors } = portuguese.glossary;
  assert.equal(
    Object.keys(inPortuguese).length,
    Object.keys(terms).length + Object.keys(detectors).length,
  );
  const places = ["a priori", "acurácia", "agrupamento", "verossimilhança"].map((start) =>
    Object.keys(inPortuguese).findIndex((term) => term.startsWith(start))
  );
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  assert(!places.includes(-1));
  assert.equal(inEnglish["mahalanobis++"], "mahalanobis of activations scaled to length 1.");
});

Deno.test("DetectorsLink leads to a section of the page of terms", () => {
  const [link] = elementsOf(shownAlone(() => <DetectorsLink />), "a");
  assert.equal(link.attributes.href, "../terms.html#detectors");
  const page = shownPage(termsPage, { byExperiment: {} }, languages[0]);
  assert(elementsOf(page).some(({ attributes }) => attributes.id === "detectors"));
});
