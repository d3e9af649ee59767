import assert from "node:assert/strict";
import project from "../deno.json" with { type: "json" };
import { textIn } from "../language/languages.ts";
import { author, repository } from "../repository.ts";
import { exampleEnvelope } from "../testing/example_envelope.ts";
import { elementsOf, textOf } from "../testing/read_markup.ts";
import { shownAlone } from "../testing/read_page.tsx";
import { Cite } from "./cite.tsx";

const { provenance, ...result } = exampleEnvelope("some-work", {});
const { site } = textIn("en");

Deno.test("Cite names the holder of the licence, the version, and commit and day of the last run", () => {
  const old = { ...result, provenance: { ...provenance, startedAt: "2025-12-31T03:04:05.000Z" } };
  const last = { ...result, provenance: { ...provenance, commit: "f".repeat(40), dirty: false } };
  const page = shownAlone(() => <Cite results={[last, old]} />);
  const run = `commit ${"f".repeat(12)}, run of 2026-01-02`;
  const [cite] = elementsOf(page, "details", "cite");
  assert.equal(
    textOf(elementsOf(cite, "p")[0]),
    `${author} (2026). Mixtape ${project.version}, ${run}. ${repository}`,
  );
  assert.deepEqual(textOf(elementsOf(cite, "pre")[0]).split("\n"), [
    "@misc{mixtape,",
    `  author = {{${author}}},`,
    `  title = {Mixtape ${project.version}},`,
    "  year = {2026},",
    `  howpublished = {\\url{${repository}}},`,
    `  note = {${run}},`,
    "}",
  ]);
  const licence = Deno.readTextFileSync(new URL("../../../LICENSE", import.meta.url));
  assert(licence.includes(author));
});

Deno.test("Cite says that a run had changes, leaves out a commit that is not known, and is not without results", () => {
  const cited = (known: Partial<typeof provenance>) => {
    const one = { ...result, provenance: { ...provenance, ...known } };
    return textOf(shownAlone(() => <Cite results={[one]} />));
  };
  assert(cited({ dirty: true }).includes(`0123456789ab (${site.provenanceDirty}), run of`));
  assert(!cited({ dirty: null }).includes(site.provenanceDirty));
  assert(cited({ commit: null, dirty: null }).includes(`Mixtape ${project.version}, run of`));
  assert.equal(textOf(shownAlone(() => <Cite results={[]} />)), "");
});
