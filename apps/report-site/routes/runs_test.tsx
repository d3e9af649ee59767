import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import type { Results } from "../page.ts";
import { registry, repository } from "../repository.ts";
import { exampleEnvelope } from "../testing/example_envelope.ts";
import { elementsOf, type Markup, textOf } from "../testing/read_markup.ts";
import { numbersIn, shownPage, tableIn } from "../testing/read_page.tsx";
import { overviewPage } from "./overview.tsx";
import { runsPage } from "./runs.tsx";

interface Run {
  readonly experiment: string;
  readonly day: number;
  readonly profile: "quick" | "full";
  readonly seed: number;
  readonly backend: string;
  readonly commit: string | null;
  readonly stages: readonly number[];
  /** Value and interval of each number, by name. */
  readonly numbers?: Readonly<Record<string, readonly [value: number, low: number, high: number]>>;
}

function resultOf(run: Run): Result {
  const { experiment, day, profile, seed, backend, commit, stages, numbers = {} } = run;
  const payload = Object.fromEntries(
    Object.entries(numbers).map(([name, [value, low, high]]) => [
      name,
      { value, interval: { low, high, level: 0.95 } },
    ]),
  );
  const result = exampleEnvelope(experiment, payload);
  const startedAt = `2026-01-0${day}T03:04:05.000Z`;
  return {
    ...result,
    options: { ...result.options, profile, seed },
    provenance: { ...result.provenance, backend, commit, startedAt, threads: day },
    stages: stages.map((elapsedMs, at) => ({ name: `stage ${at}`, elapsedMs })),
  };
}

const [a1, a2, b1] = [
  {
    experiment: "a",
    day: 1,
    profile: "quick",
    seed: 11,
    backend: "simd",
    commit: "aaaaaaaaaaaaaaaa",
    stages: [1500, 2600],
    numbers: { same: [0.5, 0.4, 0.6], up: [0.1, 0.05, 0.15], down: [0.9, 0.85, 0.95] },
  },
  {
    experiment: "a",
    day: 3,
    profile: "full",
    seed: 12,
    backend: "cpu",
    commit: "bbbbbbbbbbbbbbbb",
    stages: [70_000],
    numbers: { same: [0.55, 0.45, 0.65], up: [0.25, 0.21, 0.31], down: [0.7, 0.62, 0.78] },
  },
  {
    experiment: "b",
    day: 2,
    profile: "quick",
    seed: 13,
    backend: "webgpu",
    commit: null,
    stages: [800],
  },
].map((run) => resultOf(run as unknown as Run));

const listOf = (page: Markup, id: string) =>
  elementsOf(page).filter(({ attributes }) => attributes.id === id)
    .flatMap((section) => elementsOf(section, "li")).map(textOf);

Deno.test("the page on runs lists each run with its options, machine and time under their headings", () => {
  for (const language of languages) {
    const { storedColumns: c } = language.text.runs;
    const page = shownPage(runsPage, { byExperiment: {}, runs: [a1, b1, a2] }, language);
    const number = (value: string) => numbersIn(language, value);
    const row = (...cells: string[]) => ({
      [c.experiment]: cells[0],
      [c.started]: cells[1],
      [c.profile]: cells[2],
      [c.seed]: cells[3],
      [c.data]: "sample",
      [c.backend]: cells[4],
      [c.commit]: cells[5],
      [c.elapsed]: number(cells[6]),
    });
    assert.deepEqual(tableIn(page, "runs-stored"), [
      row("the a", "2026-01-01 03:04:05", "quick", "11", "simd", "aaaaaaaaaaaa", "4.1"),
      row("the b", "2026-01-02 03:04:05", "quick", "13", "webgpu", "—", "0.80"),
      row("the a", "2026-01-03 03:04:05", "full", "12", "cpu", "bbbbbbbbbbbb", "70"),
    ]);
  }
});

Deno.test("the page on runs compares the last two of an experiment, what moved first and which way", () => {
  for (const language of languages) {
    const { text } = language;
    const { pairColumns: c, movedUp, movedDown } = text.runs;
    const page = shownPage(runsPage, { byExperiment: {}, runs: [a1, b1, a2] }, language);
    const number = (value: string) => numbersIn(language, value);
    const row = (...cells: string[]) => ({
      [c.number]: cells[0],
      [c.before]: number(cells[1]),
      [c.beforeInterval]: number(cells[2]),
      [c.after]: number(cells[3]),
      [c.afterInterval]: number(cells[4]),
      [c.moved]: cells[5],
    });
    assert.deepEqual(tableIn(page, "runs-a"), [
      row("up", "0.100", "0.050–0.150", "0.250", "0.210–0.310", movedUp),
      row("down", "0.900", "0.850–0.950", "0.700", "0.620–0.780", movedDown),
      row("same", "0.500", "0.400–0.600", "0.550", "0.450–0.650", text.site.no),
    ]);
    const marked = elementsOf(page, "tr", "marked");
    assert.deepEqual(marked.map((one) => textOf(elementsOf(one, "th")[0])), ["up", "down"]);
    const { compared, optionChange, askedDifferently } = text.runs;
    const [before, after] = ["2026-01-01 03:04:05", "2026-01-03 03:04:05"];
    assert(textOf(page).includes(compared("the a", before, after, "2", "3")));
    const asked = [
      optionChange("profile", "quick", "full"),
      optionChange("seed", "11", "12"),
      optionChange("commit", "aaaaaaaaaaaa", "bbbbbbbbbbbb"),
    ];
    assert(textOf(page).includes(askedDifferently(asked.join("; "))));
    const [found] = listOf(page, "found");
    assert.match(found, /the a.*2\D+3/s);
  }
});

Deno.test("the page on runs says when there is nothing to compare, and how to run what was never run", () => {
  const [english] = languages;
  const once = shownPage(runsPage, { byExperiment: {}, runs: [a1, b1] }, english);
  assert(textOf(once).includes(english.text.runs.once));
  assert.equal(listOf(once, "found").length, 0);
  const none = shownPage(runsPage, { byExperiment: {} }, english);
  assert(textOf(none).includes(english.text.runs.none));
  assert(!textOf(none).includes(english.text.runs.once));
  assert.equal(elementsOf(none, "table").length, 0);
});

function experimentOf(id: string, onOverview?: boolean) {
  const headline = ({ options }: Result) => ({
    page: `page-of-${id}`,
    title: `Title of ${id}`,
    question: `Question of ${id}?`,
    number: `${options.seed}%`,
    sentence: `It found ${id}.`,
    uncertainty: id === "a" ? "give or take" : undefined,
  });
  return { id, headline, onOverview } as unknown as Parameters<typeof overviewPage>[0][number];
}

const overview = overviewPage(
  ["a", "b", "c", "d"].map((id) => experimentOf(id, id === "b" ? false : undefined)),
);

Deno.test("the overview shows each answer with its own words, and what has changed or is missing", () => {
  for (const language of languages) {
    const { overview: t } = language.text;
    const byExperiment = { a: a2, b: b1, d: { ...a1, experiment: "d" } };
    const page = shownPage(overview, { byExperiment, runs: [a1, a2] }, language);
    const [cards] = elementsOf(page, "ul", "headlines");
    assert.deepEqual(
      elementsOf(cards, "li").map((card) => [
        ...["h3", "p", "span", "a"].flatMap((name) => elementsOf(card, name).map(textOf)),
        elementsOf(card, "a")[0].attributes.href,
      ]),
      [
        [
          "Title of a",
          "Question of a?",
          "12%",
          "It found a.give or take",
          "give or take",
          t.more("Title of a"),
          "page-of-a.html",
        ],
        [
          "Title of d",
          "Question of d?",
          "11%",
          "It found d.",
          t.more("Title of d"),
          "page-of-d.html",
        ],
      ],
    );
    assert.deepEqual(listOf(page, "not-run"), []);
    const [missing] = elementsOf(page).filter(({ attributes }) => attributes.id === "not-run");
    assert.deepEqual(elementsOf(missing, "dt").map(textOf), ["the c"]);
    assert.deepEqual(elementsOf(missing, "dd").map(textOf), ["deno task experiments c"]);
    const [change] = listOf(page, "changes");
    assert.match(change, /the a.*2\D+3/s);
  }
});

Deno.test("the page on runs says how long the results took, and on each machine and backend once", () => {
  for (const language of languages) {
    const { text: { runs: t, site } } = language;
    const byExperiment = { a: a2, b: b1, d: { ...a1, experiment: "d" }, e: a1 };
    const page = textOf(shownPage(runsPage, { byExperiment }, language));
    assert(page.includes(t.times("4", "1 min 19 s")));
    for (const [backend, threads, one] of [["cpu", "3", false], ["simd", "1", true]] as const) {
      const used = `${backend}, ${site.provenanceThreads(threads, one)}`;
      const machine = site.provenanceProcessors("Example processor", "2");
      const place = t.where(machine, "linux x86_64", used, "2.9.6");
      assert.equal(page.split(place).length, 2, place);
    }
  }
});

Deno.test("the overview opens with the first picture there is, its caption and the page that has its numbers", () => {
  const [english] = languages;
  const coverOf = (id: string) => ({
    Content: ({ result }: { readonly result: Result }) => (
      <p class="cover-caption">{`${id}: ${result.experiment}`}</p>
    ),
  });
  const pages = [{ path: "numbers", title: () => "The numbers" }];
  const experiments = ["a", "b", "d"].map((id) => ({
    ...experimentOf(id),
    pages,
    cover: id === "a" ? undefined : coverOf(id),
  })) as unknown as Parameters<typeof overviewPage>[0];
  const shown = (...ids: string[]) => {
    const byExperiment = Object.fromEntries(ids.map((id) => [id, { ...a1, experiment: id }]));
    return shownPage(overviewPage(experiments), { byExperiment }, english);
  };
  assert.deepEqual(elementsOf(shown("a"), "div", "cover"), []);
  assert.equal(textOf(elementsOf(shown("a", "d"), "p", "cover-caption")[0]), "d: d");
  const [cover, ...others] = elementsOf(shown("a", "b", "d"), "div", "cover");
  assert.deepEqual(others, []);
  assert.equal(textOf(elementsOf(cover, "p", "cover-caption")[0]), "b: b");
  const [link] = elementsOf(cover, "a");
  assert.equal(link.attributes.href, "numbers.html");
  assert.equal(textOf(link), english.text.overview.more("The numbers"));
});

Deno.test("the overview says how to run and to use the packages, and links what there is", () => {
  for (const language of languages) {
    const { text, folder } = language;
    const shown = (results: Results) => {
      const [opening] = elementsOf(shownPage(overview, results, language), "div", "opening");
      return {
        heading: textOf(elementsOf(opening, "h1")[0]),
        code: elementsOf(opening, "code").map(textOf),
        links: elementsOf(elementsOf(opening, "ul", "first-links")[0], "a")
          .map((link) => [textOf(link), link.attributes.href]),
      };
    };
    const use = `import { kMeans } from "${registry}/clustering";`;
    const source = [text.overview.source, repository];
    assert.deepEqual(shown({ byExperiment: {} }), {
      heading: text.overview.heading,
      code: ["deno task experiments", use],
      links: [source],
    });
    const up = "../".repeat(folder.split("/").length - 1);
    const exercise = [`exercise/${folder}exercise.ipynb`];
    const selection = { schemaVersion: 1, data: "own", files: [], leftOut: [] } as const;
    const byExperiment = { "try-it": a1 };
    assert.deepEqual(shown({ byExperiment, exercise, selection, hasDocs: true }), {
      heading: text.overview.ownHeading,
      code: ["deno task experiments --dataset FILE", use],
      links: [
        [text.tryIt.title, "try-it.html"],
        source,
        [text.overview.docs, `${up}docs/index.html`],
        [text.exercise.link, up + exercise[0]],
      ],
    });
  }
});

Deno.test("the overview leaves out what it has nothing to say of", () => {
  const [english] = languages;
  const ids = (page: Markup) => elementsOf(page, "section").map(({ attributes }) => attributes.id);
  const bare = shownPage(overview, { byExperiment: {} }, english);
  assert.deepEqual(ids(bare).filter((id) => id !== "provenance"), ["not-run"]);
  const all = { a: a1, b: b1, c: a1, d: a1 };
  const full = shownPage(overview, { byExperiment: all, runs: [a1, b1] }, english);
  assert.deepEqual(ids(full).filter((id) => id !== "provenance"), ["answers"]);
});

Deno.test("the page on runs starts its script at the run where most has moved, or else at the last", () => {
  const [english] = languages;
  const run = (experiment: string, day: number, up: number, down: number) =>
    resultOf({
      experiment,
      day,
      profile: "quick",
      seed: day,
      backend: "cpu",
      commit: null,
      stages: [1],
      numbers: { up: [up, up - 0.01, up + 0.01], down: [down, down - 0.01, down + 0.01] },
    });
  const startOf = (...runs: readonly Result[]) => {
    const page = shownPage(runsPage, { byExperiment: {}, runs }, english);
    const [island] = elementsOf(page, "div").filter(({ attributes }) =>
      attributes["data-island"] === "runs"
    );
    return JSON.parse(island.attributes["data-properties"]);
  };
  // Both numbers of c move, one of a, none of d; b was run once.
  const [a, c, d] = [["a", 0.9], ["c", 0.5], ["d", 0.1]] as const;
  const runs = [a, c, d].flatMap(([name, down]) => [
    run(name, 1, 0.1, 0.1),
    run(name, 2, 0.1, 0.1),
    run(name, 3, name === "d" ? 0.1 : 0.7, name === "c" ? down : 0.1),
  ]);
  const once = run("b", 2, 0.1, 0.1);
  assert.deepEqual(startOf(runs[0], runs[1], runs[2], once, ...runs.slice(3)), {
    start: 5,
    names: { a: "the a", c: "the c", d: "the d" },
  });
  // A run without numbers cannot be compared.
  const [first, second] = [run("a", 1, 0.1, 0.1), run("a", 2, 0.1, 0.1)]
    .map((one) => ({ ...one, payload: {} }));
  assert.equal(startOf(first, second).start, 1);
});

Deno.test("the page on runs lists sixty numbers of a comparison, and says how many there are", () => {
  const [english] = languages;
  const runOf = (day: number, count: number) =>
    resultOf({
      experiment: "a",
      day,
      profile: "quick",
      seed: 1,
      backend: "cpu",
      commit: null,
      stages: [1],
      numbers: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`number ${at}`, [0.5, 0.4, 0.6] as const]),
      ),
    });
  for (const count of [60, 61]) {
    const results = { byExperiment: {}, runs: [runOf(1, count), runOf(2, count)] };
    const page = shownPage(runsPage, results, english);
    assert.equal(tableIn(page, "runs-a").length, 60);
    assert.equal(textOf(page).includes(english.text.runs.shortened("60", "61")), count === 61);
  }
});
