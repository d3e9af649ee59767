import type { TryItResult } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { examplesByExperiment } from "../testing/examples.ts";
import { elementsOf, type Markup, textOf } from "../testing/read_markup.ts";
import { numbersIn, shownPage, tableIn } from "../testing/read_page.tsx";
import { tryItPage } from "./try_it.tsx";

const example = examplesByExperiment["try-it"] as TryItResult;
const [data] = example.data;
const interval = { low: 0, high: 1, level: 0.95 };
const asset = (file: string, byteLength: number) => ({ file, byteLength, sha256: "0".repeat(64) });

const result: TryItResult = {
  ...example,
  data: [
    { ...data, title: "Digits", classNames: ["zero", "one", "two"] },
    { ...data, role: "out-of-distribution", title: "Clothes", classNames: ["shirt", "shoe"] },
  ],
  payload: {
    classifier: {
      weights: asset("try-it/w.safetensors", 1001),
      testAccuracy: { value: 0.875, successes: 7, trials: 1234, interval },
    },
    detector: {
      name: "ViM",
      fitted: asset("try-it/d.json", 2000),
      heldOutScores: [1, 2, 3, 4, 5],
      alpha: 0.05,
      histogram: {
        edges: [0, 2, 4],
        inDistribution: { below: 11, counts: [12, 13], above: 14 },
        outOfDistribution: { below: 21, counts: [22, 23], above: 24 },
      },
      falseAlarms: {
        value: 0.125,
        successes: 1,
        trials: 8000,
        interval: { ...interval, high: 0.5 },
      },
      otherFound: { value: 0.625, successes: 5, trials: 8, interval },
      letters: { drawn: 26, found: 19 },
    },
    clusters: { fitted: asset("try-it/c.json", 3), majorityClasses: [0, 1, 2] },
    neighbors: { images: asset("try-it/n.bin", 4000), labels: [2, 0, 1, 1] },
    presets: {
      images: asset("try-it/p.bin", 5001),
      sprite: { ...example.payload.presets.sprite, columns: 2, count: 3 },
      verdicts: [
        {
          kind: "in-distribution",
          trueClass: 1,
          predictedClass: 2,
          probability: 0.375,
          score: 4.25,
          pValue: 0.0501,
          cluster: 7,
          neighbors: [3, 0, 1],
        },
        {
          kind: "other-data-set",
          trueClass: 1,
          predictedClass: 0,
          probability: 0.5,
          score: -1.75,
          pValue: 0.05,
          cluster: 8,
          neighbors: [1],
        },
        {
          kind: "uniform-noise",
          trueClass: null,
          predictedClass: 1,
          probability: 1,
          score: 6,
          pValue: 0.75,
          cluster: 9,
          neighbors: [0, 2],
        },
      ],
    },
    frame: { side: 28, box: 20, centre: 14.5, maxValue: 255 },
    drawnDigits: { drawn: 30, classified: 21, accepted: 13 },
  },
};

Deno.test("the page to try the models has each image with what the models say of it", () => {
  for (const language of languages) {
    const { tryIt: t } = language.text;
    const number = (text: string) => numbersIn(language, text);
    const page = shownPage(tryItPage, { byExperiment: { "try-it": result } }, language);
    const c = t.columns;
    const row = (...cells: string[]) => ({
      [c.image]: cells[0],
      [c.predicted]: cells[1],
      [c.probability]: number(cells[2]),
      [c.score]: number(cells[3]),
      [c.pValue]: number(cells[4]),
      [c.belonging]: cells[5],
      [c.cluster]: cells[6],
      [c.neighbors]: cells[7],
    });
    const names = [
      t.imageName(t.kinds["in-distribution"], "one"),
      t.imageName(t.kinds["other-data-set"], "shoe"),
      t.kinds["uniform-noise"],
    ];
    assert.deepEqual(tableIn(page, "images"), [
      row(names[0], "two", "37.5%", "4.25", "0.0501", t.inside, "7", "one two zero"),
      row(names[1], "zero", "50.0%", "−1.75", "0.0500", t.outside, "8", "zero"),
      row(names[2], "one", "100.0%", "6.00", "0.75", t.inside, "9", "two one"),
    ]);
    const [tiles] = elementsOf(page, "ul", "tiles");
    assert.deepEqual(elementsOf(tiles, "li").map(textOf), [
      names[0] + t.verdict("two", t.inside),
      names[1] + t.verdict("zero", t.outside),
      names[2] + t.verdict("one", t.inside),
    ]);
    assert.deepEqual(
      tableIn(page, "scores").map((one) => [one[c.score], one.Digits, one.Clothes]),
      [[number("0"), "12", "22"], [number("2.00"), "13", "23"]],
    );
    const found = elementsOf(elementsOf(page, "ul", "found")[0], "li").map(textOf);
    assert.deepEqual(found, [
      t.findingAccuracy(number("87.5%"), number("1,234")),
      t.findingOther(number("62.5%"), "Clothes", number("0.05")),
      t.findingAlarms(number("12.5%"), number("0.0–50.0%"), number("8,000")),
      t.findingLetters("26", "19", "7"),
      t.findingDigits("30", "21", "13"),
    ]);
    const plain = (text: string) => text.replace(/\s+/g, " ").trim();
    const method = plain(t.method("4", "ViM", "5", "0.17", "20", "28"));
    const done = sectionOf(page, "done");
    assert(method.split("\n\n").every((part) => plain(textOf(done)).includes(part.slice(0, 40))));
    for (const text of [/\b4\b/, /\b5\b/, /\b20\D+28\b/]) assert.match(textOf(done), text);
    assert.deepEqual(elementsOf(sectionOf(page, "models"), "li").map(textOf), [
      t.file("w.safetensors", "2"),
      t.file("d.json", "2"),
      t.file("c.json", "1"),
      t.file("n.bin", "4"),
      t.file("p.bin", "6"),
    ]);
    const [link] = elementsOf(elementsOf(sectionOf(page, "models"), "ul")[0], "a");
    assert.match(link.attributes.href, /(^|\/)results\/try-it\/w\.safetensors$/);
    const [chart] = elementsOf(sectionOf(page, "scores"), "svg", "wide");
    const marks = elementsOf(chart, "g", "key").flatMap((key) => elementsOf(key, "text")).map(
      textOf,
    );
    assert.deepEqual(marks, ["Digits", "Clothes"]);
    const captions = elementsOf(sectionOf(page, "scores"), "figcaption").map(textOf).join();
    assert(captions.includes(t.histogramTitle("ViM")));
    assert(captions.includes(t.histogramCaption(number("0.05"))));
  }
});

function sectionOf(page: Markup, id: string): Markup {
  return elementsOf(page).find(({ attributes }) => attributes.id === id)!;
}
