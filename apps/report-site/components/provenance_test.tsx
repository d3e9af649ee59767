import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { exampleEnvelope, exampleTableEnvelope } from "../testing/example_envelope.ts";
import { elementsOf, textOf } from "../testing/read_markup.ts";
import { numbersIn, shownPage, termsIn } from "../testing/read_page.tsx";
import { definePage } from "../page.ts";
import { DataBanner } from "./data_banner.tsx";
import { Provenance } from "./provenance.tsx";

const example = exampleEnvelope("data", {});
const [inside, outside] = example.data;

const result: Result = {
  ...example,
  data: [
    { ...inside, rows: { train: 4001, test: 2002 } },
    { ...outside, licence: "CC", source: "elsewhere", rows: { train: 3, test: 154 } },
  ],
  provenance: {
    ...example.provenance,
    backend: "webgpu",
    adapter: "an adapter",
    threads: 3,
    processor: { model: "P", count: 8 },
    packageVersions: { zod: "4.1", x: "0.2" },
  },
};

function shown(results: readonly Result[], language = languages[0]) {
  const page = definePage({
    path: "alone",
    title: () => "Alone",
    description: () => "It is alone.",
    needs: [],
    Content: () => (
      <>
        <DataBanner results={results} />
        <Provenance results={results} />
      </>
    ),
  });
  return shownPage(page, { byExperiment: {} }, language);
}

Deno.test("Provenance says under each term what the result has of it", () => {
  for (const language of languages) {
    const { site } = language.text;
    const page = shown([result], language);
    const number = (text: string) => numbersIn(language, text);
    const terms = termsIn(elementsOf(page, "dl", "provenance")[0]);
    assert.deepEqual(
      { ...terms, [site.provenanceStarted]: "", [site.provenanceData]: "" },
      {
        [site.provenanceCommit]: `0123456789ab (${site.provenanceDirty})`,
        [site.provenanceProfile]: "quick, 7",
        [site.provenanceBackend]: `webgpu, an adapter, ${site.provenanceThreads("3", false)}`,
        [site.provenanceMachine]: `${site.provenanceProcessors("P", "8")}, linux x86_64`,
        [site.provenanceVersions]: "deno 2.9.6v8 15.0zod 4.1x 0.2",
        [site.provenanceStarted]: "",
        [site.provenanceElapsed]: "1 min 1 s",
        [site.provenanceStages]: `reading: ${number("13")} mscomputing: 1 min 1 s`,
        [site.provenanceData]: "",
        [site.provenanceOptions]: [
          `${site.parameters.epochs}: 3`,
          `${site.parameters.rates}: 0; ${number("0.5")}`,
          "note for tests",
          `limit ${site.everyRow}`,
        ].join(""),
      },
    );
    assert.deepEqual(Object.keys(terms), [
      site.provenanceCommit,
      site.provenanceProfile,
      site.provenanceBackend,
      site.provenanceMachine,
      site.provenanceVersions,
      site.provenanceStarted,
      site.provenanceElapsed,
      site.provenanceStages,
      site.provenanceData,
      site.provenanceOptions,
    ]);
    assert.match(terms[site.provenanceStarted], /2026.*3:04|3:04.*2026/);
    const data = elementsOf(page, "div", "data-set").map((one) => textOf(elementsOf(one, "p")[0]));
    const rows = (train: string, test: string) => site.provenanceRows(number(train), number(test));
    assert.deepEqual(data, [
      `Example shapes (MIT; made for tests): ${rows("4,001", "2,002")}.`,
      `Example clothes (CC; elsewhere): ${rows("3", "154")}.`,
    ]);
    const hashes = elementsOf(page, "ul", "hashes").map(textOf);
    const hash = `train-images-idx3-ubyte ${site.provenanceHash} ${"ab".repeat(32)}`;
    assert.deepEqual(hashes, [hash, hash]);
    const [link] = elementsOf(elementsOf(page, "p", "download")[0], "a");
    assert.match(link.attributes.href, /(^|\/)results\/data\.json$/);
    assert.equal(textOf(link), site.resultJson("the data"));
  }
});

Deno.test("Provenance says of a commit what is known of it", () => {
  const { site } = languages[0].text;
  const commit = "f".repeat(40);
  const known: [Partial<Result["provenance"]>, string][] = [
    [{ commit: null, dirty: null }, site.provenanceNone],
    [{ commit, dirty: false }, "f".repeat(12)],
    [{ commit, dirty: null }, `${"f".repeat(12)} (${site.provenanceUnchecked})`],
    [{ commit, dirty: true }, `${"f".repeat(12)} (${site.provenanceDirty})`],
  ];
  for (const [changed, text] of known) {
    const provenance = { ...result.provenance, ...changed, adapter: null, threads: 1 };
    const terms = termsIn(shown([{ ...result, provenance }]));
    assert.equal(terms[site.provenanceCommit], text);
    assert.equal(terms[site.provenanceBackend], `webgpu, ${site.provenanceThreads("1", true)}`);
  }
});

Deno.test("Provenance opens the only result, and closes several", () => {
  const open = (results: Result[]) =>
    elementsOf(shown(results), "details").map(({ attributes }) => "open" in attributes);
  assert.deepEqual(open([result]), [true]);
  assert.deepEqual(open([result, { ...result, experiment: "other" }]), [false, false]);
  assert(textOf(shown([])).includes(languages[0].text.site.noData));
});

Deno.test("DataBanner names the data and the reason, once for each choice, and warns of the sample", () => {
  for (const language of languages) {
    const { site } = language.text;
    const banner = (results: Result[]) =>
      elementsOf(elementsOf(shown(results, language), "aside")[0], "p")
        .map((one) => [textOf(one), one.attributes.class]);
    const used = site.bannerUsed("Example shapes", "Example clothes");
    const asked = (requested: "auto" | "mnist" | "sample", used: "mnist" | "sample") => ({
      requested,
      used,
      reason: "asked-for" as const,
    });
    const of = (options: Partial<Result["options"]>, data = result.data) => ({
      ...result,
      data,
      options: { ...result.options, ...options },
    });
    const { bannerReasons, bannerSample, bannerQuick } = site;
    assert.deepEqual(
      banner([
        result,
        result,
        of({ dataset: asked("sample", "sample"), profile: "full" }),
        of({ dataset: asked("mnist", "mnist"), profile: "full" }, [inside]),
      ]),
      [
        [`${used} ${bannerReasons["mnist-unavailable"]} ${bannerQuick}`, "warning"],
        [`${used} ${bannerReasons["asked-for"]} ${bannerSample}`, "warning"],
        [`${site.bannerUsed("Example shapes", "")} ${bannerReasons["asked-for"]}`, undefined],
      ],
    );
    assert.deepEqual(banner([]), [[site.noData, undefined]]);
  }
});

Deno.test("DataBanner and Provenance say the size and the scale of data of one's own", () => {
  const own = exampleTableEnvelope("data", {});
  const [table] = own.data;
  const foreign = { ...table, role: "out-of-distribution" as const, title: "others.csv", rows: 7 };
  for (const language of languages) {
    const { site } = language.text;
    const told = (change: Partial<typeof table>, data: readonly typeof table[] = []) => {
      const page = shown([{ ...own, data: [{ ...table, ...change }, ...data] }], language);
      const [banner] = elementsOf(elementsOf(page, "aside")[0], "p").map(textOf);
      const sets = elementsOf(page, "div", "data-set").map(textOf);
      return { banner, sets };
    };
    const { banner, sets } = told({}, [foreign]);
    const size = `${site.bannerSize("120", "3")} ${site.bannerDrawn("300")}`;
    const used = site.bannerUsed("measurements.csv", "others.csv");
    const scale = site.bannerScales.standard;
    assert.equal(banner, `${used} ${size} ${scale} ${site.bannerQuick}`);
    assert(sets[0].includes(`measurements.csv: ${size} ${site.provenanceMissing("9")} ${scale}`));
    const { label, sampleRows } = site.parameters;
    assert(sets[0].includes(`${label}: species${sampleRows}: 120`), sets[0]);
    assert(sets[1].startsWith(`others.csv: ${site.bannerSize("7", "3")}`), sets[1]);
    const whole = told({ fileRows: 120, scale: "none", reading: {} });
    assert.equal(
      whole.banner,
      `${site.bannerUsed("measurements.csv", "")} ${site.bannerSize("120", "3")} ` +
        `${site.bannerScales.none} ${site.bannerQuick}`,
    );
  }
});
