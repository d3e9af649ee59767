import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { definePage, type Results } from "../page.ts";
import { elementsOf, type Markup, textOf } from "../testing/read_markup.ts";
import { shownAlone } from "../testing/read_page.tsx";
import { Damaged, LeftOut } from "./damaged.tsx";
import { Command, NotRun } from "./not_run.tsx";
import { PageTop } from "./page_top.tsx";

const [{ text: { site } }] = languages;

const page = definePage({
  path: "odd",
  title: () => "An odd page",
  description: () => "It shows nothing.",
  needs: ["data"],
  Content: () => <p />,
});

function problem(message: string, experiment?: string) {
  return { message, experiment, error: new RangeError(message), concerns: () => true };
}

const sections = (markup: Markup) =>
  elementsOf(markup, "section").map(({ attributes }) => attributes.id);

Deno.test("PageTop has findings and a method only where there are some", () => {
  const bare = shownAlone(() => <PageTop heading="Heading" question="Why `this`?" />);
  assert.deepEqual(sections(bare), []);
  assert.equal(textOf(elementsOf(bare, "h1")[0]), "Heading");
  assert.equal(textOf(elementsOf(bare, "p", "standfirst")[0]), "Why this?");
  assert.deepEqual(elementsOf(bare, "code").map(textOf), ["this"]);
  const paragraphs = "First.\n\nSecond.";
  const full = shownAlone(() => (
    <PageTop heading="" question="" findings={["one", "two"]} method={paragraphs} />
  ));
  assert.deepEqual(sections(full), ["found", "done"]);
  assert.deepEqual(elementsOf(full, "li").map(textOf), ["one", "two"]);
  const [, done] = elementsOf(full, "section");
  assert.deepEqual(elementsOf(done, "p").map(textOf), ["First.", "Second."]);
});

Deno.test("Damaged and LeftOut list what is wrong, and the command for the experiments that can be run again", () => {
  const problems = [problem("first", "data"), problem("second"), problem("third", "other")];
  for (
    const shown of [
      shownAlone(() => <Damaged page={page} problems={problems} />),
      shownAlone(() => <LeftOut problems={problems} />),
    ]
  ) {
    assert.deepEqual(elementsOf(shown, "li").map(textOf), ["first", "second", "third"]);
    assert.deepEqual(elementsOf(shown, "pre").map(textOf), ["deno task experiments data other"]);
    assert(textOf(shown).includes(site.makeAgain));
  }
  const none = shownAlone(() => <Damaged page={page} problems={[problem("second")]} />);
  assert.equal(textOf(elementsOf(none, "h1")[0]), `An odd page: ${site.damaged}`);
  assert.equal(elementsOf(none, "pre").length, 0);
  assert(!textOf(none).includes(site.makeAgain));
});

Deno.test("Command can be scrolled from the keyboard, and has no flag for experiments on the exhibit", () => {
  const shown = shownAlone(() => <Command experiments={["one", "two"]} />);
  const [command] = elementsOf(shown, "pre", "command");
  assert.equal(command.attributes.tabindex, "0");
  assert.equal(textOf(command), "deno task experiments one two");
});

Deno.test("NotRun says which need the data lack, if the experiment was left out, and else how to run it", () => {
  const left = (experiment: string, need: "rows" | "labels", least: number | null) => ({
    byExperiment: {},
    selection: {
      schemaVersion: 1 as const,
      data: "own" as const,
      files: [],
      leftOut: [
        { experiment: "other", need: "images" as const, least: null },
        { experiment, need, least },
      ],
    },
  });
  const shown = (results: Results) => shownAlone(() => <NotRun page={page} results={results} />);
  const few = shown(left("data", "rows", 1234));
  assert.equal(textOf(elementsOf(few, "h1")[0]), `An odd page: ${site.leftOutOfRun}`);
  assert(textOf(few).includes(`${site.leftOutBody} ${site.lacking.rows("1,234")}`));
  assert.equal(elementsOf(few, "pre").length, 0);
  const unlabelled = shown(left("data", "labels", null));
  assert(textOf(unlabelled).includes(site.lacking.labels("0")));
  assert.deepEqual(elementsOf(unlabelled, "code").map(textOf), ["--label"]);
  const unlike = shown(left("another", "rows", 5));
  assert.equal(textOf(elementsOf(unlike, "h1")[0]), `An odd page: ${site.notRun}`);
  assert.deepEqual(elementsOf(unlike, "pre").map(textOf), ["deno task experiments data"]);
});
