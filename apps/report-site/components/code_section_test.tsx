import assert from "node:assert/strict";
import { textIn } from "../language/languages.ts";
import { registry, repository } from "../repository.ts";
import { exampleEnvelope } from "../testing/example_envelope.ts";
import { elementsOf, textOf } from "../testing/read_markup.ts";
import { shownAlone } from "../testing/read_page.tsx";
import { CodeSection } from "./code_section.tsx";

const code = {
  experiment: "some-work",
  file: "experiments/some_work/code.ts",
  source: 'import { a } from "@mixtape/b";\nimport { c } from "@mixtape/b/d";\nconsole.log(a < c);',
};
const { site } = textIn("en");

Deno.test("CodeSection shows the program, how to run it and the packages it needs", () => {
  const page = shownAlone(() => <CodeSection code={code} result={undefined} />);
  assert.deepEqual(elementsOf(page, "pre").map(textOf), [
    code.source,
    "deno run --allow-read experiments/some_work/code.ts",
    `deno add ${registry}/b`,
  ]);
});

Deno.test("CodeSection links the source at the commit of the run, and says what is not known of it", () => {
  const { provenance, ...result } = exampleEnvelope("some-work", {});
  const [commit, short] = [provenance.commit, provenance.commit!.slice(0, 12)];
  const cases = [
    [{ commit, dirty: false }, `${site.sourceOfRun} experiments/some_work, commit ${short}.`],
    [
      { commit, dirty: true },
      `${site.sourceOfRun} experiments/some_work, commit ${short} (${site.provenanceDirty}).`,
    ],
    [
      { commit, dirty: null },
      `${site.sourceOfRun} experiments/some_work, commit ${short} (${site.provenanceUnchecked}).`,
    ],
    [{ commit: null, dirty: null }, `${site.sourceOfNewest} experiments/some_work.`],
  ] as const;
  for (const [known, sentence] of cases) {
    const one = { ...result, provenance: { ...provenance, ...known } };
    const page = shownAlone(() => <CodeSection code={code} result={one} />);
    assert.equal(elementsOf(page, "p").map(textOf).at(-1), sentence);
    const link = elementsOf(page, "a").find(({ attributes }) =>
      attributes.href.startsWith(repository)
    );
    const at = known.commit ?? "HEAD";
    assert.equal(link?.attributes.href, `${repository}/tree/${at}/experiments/some_work`);
  }
});
