import type { BenchmarkEntry, BenchmarkRow, Benchmarks } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { elementsOf, type Markup, textOf } from "../testing/read_markup.ts";
import { numbersIn, shownPage, tableIn } from "../testing/read_page.tsx";
import { benchmarksPage } from "./benchmarks.tsx";

function entry(
  [id, peer, threads]: [string, string, number | null],
  [runs, min, median, max]: [number, number, number, number],
  remark: string | null = null,
): BenchmarkEntry {
  const versions = { [peer]: `${runs}.1`, BLAS: `${runs}.2` };
  const seconds = { runs, min, median, max };
  return { id, peer, title: `${peer}, the ${id}`, versions, threads, seconds, remark };
}

const first: BenchmarkRow = {
  id: "k-means",
  title: "Some work",
  size: "400 × 36",
  scaling: null,
  quick: false,
  measuredAt: "2026-01-02T03:04:05.000Z",
  commit: "0123456789abcdef",
  entries: [
    entry(["ours", "Mixtape", 2], [5, 0.011, 0.012, 0.013]),
    entry(["torch-1", "PyTorch", 1], [6, 0.021, 0.022, 0.023], "it warms up"),
    entry(["torch-4", "PyTorch", 4], [7, 0.031, 0.032, 0.033]),
    entry(["npm", "npm", null], [8, 0.041, 0.042, 0.043]),
  ],
  comparisons: [
    { against: "torch-1", measure: "seconds", ratio: 1.83, bar: 1.5, reached: true },
    { against: "torch-1", measure: "peakBytes", ratio: 0.61, bar: 0.75, reached: false },
    { against: "npm", measure: "seconds", ratio: 0.97, bar: null, reached: null },
    { against: "ours-before", measure: "seconds", ratio: 9, bar: null, reached: null },
    { against: null, measure: "seconds", ratio: 2.25, bar: 1, reached: true },
  ],
  qualities: [
    { against: "npm", name: "inertia", ours: 71, theirs: 72, equal: false },
    { against: "gone", name: "loss", ours: 73, theirs: 73.5, equal: true },
    { against: "torch-1", name: "rest", ours: 74, theirs: 75, equal: null },
  ],
};

function scaled(value: number, ours: number, theirs?: number): BenchmarkRow {
  const entries = [entry(["ours", "Mixtape", 2], [3, 1, ours, 9])];
  if (theirs) entries.push(entry(["torch", "PyTorch", 2], [3, 1, theirs, 9]));
  const [id, title] = [`n-${value}`, `Scaled ${value}`];
  const scaling = { axis: "N", value };
  return { ...first, id, title, scaling, entries, comparisons: [], qualities: [] };
}

const benchmarks: Benchmarks = {
  schemaVersion: 1,
  machine: {
    processor: "P",
    processors: 3,
    memory: 5 * 2 ** 30,
    os: "an os",
    runtime: "a runtime",
  },
  rows: [first, scaled(1000, 0.51, 0.52), scaled(2000, 0.53)],
};

function shown(language = languages[0], changed: Partial<Benchmarks> = {}): Markup {
  const results = { byExperiment: {}, benchmarks: { ...benchmarks, ...changed } };
  return shownPage(benchmarksPage, results, language);
}

const english = languages.find(({ tag }) => tag === "en")!;

Deno.test("the page on benchmarks has each time under its heading, and each comparison beside whom it is with", () => {
  for (const language of languages) {
    const { columns: c, limit, memoryRatio } = language.text.benchmarks;
    const { yes, no } = language.text.site;
    const number = (value: string) => numbersIn(language, value);
    const row = (
      who: string,
      threads: string,
      times: string[],
      judged: string[],
      remark = "—",
    ) => ({
      [c.who]: who,
      [c.threads]: threads,
      [c.min]: number(times[0]),
      [c.median]: number(times[1]),
      [c.max]: number(times[2]),
      [c.runs]: times[3],
      [c.ratio]: number(judged[0]),
      [c.bar]: number(judged[1]),
      [c.reached]: judged[2],
      [c.remark]: remark,
    });
    const none = ["—", "—", "—"];
    assert.deepEqual(tableIn(shown(language), "benchmarks-k-means"), [
      row("Mixtape, the ours", "2", ["0.0110", "0.0120", "0.0130", "5"], none),
      row(
        "PyTorch, the torch-1",
        "1",
        ["0.0210", "0.0220", "0.0230", "6"],
        [`1.83×; ${memoryRatio("0.610×")}`, "1.50×; 0.750×", `${yes}; ${no}`],
        "it warms up",
      ),
      row("PyTorch, the torch-4", "4", ["0.0310", "0.0320", "0.0330", "7"], none),
      row("npm, the npm", "—", ["0.0410", "0.0420", "0.0430", "8"], ["0.970×", "—", "—"]),
      row(limit, "—", ["—", "—", "—", "—"], ["2.25×", "1.00×", yes]),
    ]);
  }
});

Deno.test("the page on benchmarks counts what is faster, and which bars are reached", () => {
  const { findingBars, findingFaster, quick } = english.text.benchmarks;
  const found = (page: Markup) =>
    elementsOf(page, "ul", "found").flatMap((list) => elementsOf(list, "li")).map(textOf);
  const page = shown(english);
  assert.deepEqual(found(page), [findingFaster("1", "2"), findingBars("2", "3")]);
  assert(textOf(page).includes("Measured on 3 × P, 5 GiB of memory, an os, a runtime."));
  assert(!textOf(page).includes(quick));
  const slow = { ...first, quick: true, comparisons: [] };
  const other = shown(english, { rows: [slow] });
  assert.deepEqual(found(other), []);
  assert(textOf(other).includes(quick));
});

Deno.test("the page on benchmarks draws each median, told apart by threads where one library was run twice", () => {
  const bars = elementsOf(shown(english), "svg", "wide").flatMap((chart) =>
    elementsOf(chart, "rect")
  )
    .flatMap(({ attributes }) => attributes["data-mark"] ?? []);
  assert.deepEqual(bars, [
    "Mixtape|0.01200",
    "PyTorch (1)|0.02200",
    "PyTorch (4)|0.03200",
    "npm|0.04200",
  ]);
});

Deno.test("the page on benchmarks draws those that one library was run as, alike in threads, by their titles", () => {
  const entries = [
    entry(["dense", "scikit-learn", 2], [5, 1, 2, 3]),
    entry(["sparse", "scikit-learn", 2], [5, 4, 5, 6]),
    entry(["one", "scikit-learn", 1], [5, 7, 8, 9]),
  ];
  const rows = [{ ...first, entries, comparisons: [], qualities: [] }];
  const results = { byExperiment: {}, benchmarks: { ...benchmarks, rows } };
  const page = shownPage(benchmarksPage, results, english);
  const [chart] = elementsOf(page, "svg", "wide");
  assert.deepEqual(
    elementsOf(chart, "rect").flatMap(({ attributes }) => attributes["data-mark"] ?? []),
    ["scikit-learn, the dense|2.000", "scikit-learn, the sparse|5.000", "scikit-learn (1)|8.000"],
  );
});

Deno.test("the page on benchmarks has qualities, growth and versions under their headings", () => {
  for (const language of languages) {
    const { qualityColumns: q, versionsColumns: v } = language.text.benchmarks;
    const { yes, no } = language.text.site;
    const page = shown(language);
    const number = (value: string) => numbersIn(language, value);
    const quality = (
      what: string,
      against: string,
      ours: string,
      theirs: string,
      equal: string,
    ) => ({
      [q.work]: "Some work",
      [q.what]: what,
      [q.against]: against,
      [q.ours]: number(ours),
      [q.theirs]: number(theirs),
      [q.equal]: equal,
    });
    assert.deepEqual(tableIn(page, "benchmarks-quality"), [
      quality("inertia", "npm, the npm", "71.00000", "72.00000", no),
      quality("loss", "gone", "73.00000", "73.50000", yes),
      quality("rest", "PyTorch, the torch-1", "74.00000", "75.00000", "—"),
    ]);
    assert.deepEqual(tableIn(page, "scaling-1"), [
      { N: number("1,000"), Mixtape: number("0.510"), PyTorch: number("0.520") },
      { N: number("2,000"), Mixtape: number("0.530"), PyTorch: "—" },
    ]);
    assert.deepEqual(
      tableIn(page, "benchmarks-versions").map((row) => [row[v.who], row[v.versions]]),
      [
        ["Mixtape", "Mixtape 3.1; BLAS 3.2"],
        ["PyTorch", "PyTorch 3.1; BLAS 3.2"],
        ["npm", "npm 8.1; BLAS 8.2"],
      ],
    );
  }
});

Deno.test("the page on benchmarks says how to measure where nothing was measured", () => {
  const page = shownPage(benchmarksPage, { byExperiment: {} }, english);
  assert.match(textOf(page), /not measured yet.*deno task bench --json report/s);
  const bare = shown(english, {
    rows: [{ ...first, qualities: [], entries: [], comparisons: [] }],
  });
  assert.equal(elementsOf(bare).some(({ attributes }) => attributes.id === "quality"), false);
  assert.equal(elementsOf(bare, "svg").length, 0);
});
