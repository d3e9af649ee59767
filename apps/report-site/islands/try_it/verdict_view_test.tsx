import type { TryItResult } from "@mixtape/results";
import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { readScale } from "../../components/charts/testing/read_chart.ts";
import { formatFor } from "../../language/format.ts";
import { languages } from "../../language/languages.ts";
import { examplesByExperiment } from "../../testing/examples.ts";
import {
  elementsOf,
  type Markup,
  numberOf,
  readMarkup,
  textOf,
} from "../../testing/read_markup.ts";
import { numbersIn } from "../../testing/read_page.tsx";
import type { Judge, Verdict } from "./judge.ts";
import { rowOf, VerdictView } from "./verdict_view.tsx";

const example = examplesByExperiment["try-it"] as TryItResult;
const classNames = ["shirt", "shoe", "bag"];
const payload = {
  ...example.payload,
  clusters: { ...example.payload.clusters, majorityClasses: [2, 0, 1] },
  neighbors: { ...example.payload.neighbors, labels: [1, 1, 0, 2, 0] },
  detector: {
    ...example.payload.detector,
    heldOutScores: Array.from({ length: 999 }, (_, at) => at),
    alpha: 0.03,
    falseAlarms: {
      value: 0.0425,
      successes: 51,
      trials: 1200,
      interval: { low: 0.0325, high: 0.0554, level: 0.95 },
    },
    histogram: {
      edges: [0, 2, 4, 8],
      inDistribution: { below: 1, counts: [2, 3, 4], above: 5 },
      outOfDistribution: { below: 5, counts: [4, 3, 2], above: 1 },
    },
  },
};
const size = payload.frame.side ** 2;
const judge = {
  centroids: { values: new Float32Array(3 * size), shape: [3, size] },
  neighbors: { values: new Uint8Array(5 * size), shape: [5, size] },
} as unknown as Judge;
const verdict: Verdict = {
  probabilities: [0.125, 0.625, 0.25],
  predictedClass: 1,
  score: 3,
  pValue: 0.042,
  belongs: false,
  cluster: 2,
  neighbors: [3, 0, 2],
  elapsedMs: 12.34,
};

function shown(changed: Partial<Verdict>, language = languages[0]): Markup {
  return readMarkup(renderToString(
    <VerdictView
      verdict={{ ...verdict, ...changed }}
      pixels={new Uint8Array(size)}
      judge={judge}
      data={{
        payload,
        inside: { title: "Clothes", classNames },
        outside: { title: "Digits", classNames: ["0", "1"] },
        files: {},
      }}
      language={{ words: language.text.tryIt, format: formatFor(language.tag) }}
    />,
  ));
}

Deno.test("VerdictView says which class, whether it belongs, what the p-value is, and how often digits are called out", () => {
  for (const language of languages) {
    const { text: { tryIt: words } } = language;
    const number = (text: string) => numbersIn(language, text);
    const paragraphs = (changed: Partial<Verdict>) =>
      elementsOf(shown(changed, language), "p").map(textOf);
    const alarms = words.falseAlarms(
      number("0.03"),
      number("4.3%"),
      number("3.3–5.5%"),
      number("1,200"),
    );
    assert.deepEqual(paragraphs({}).slice(0, 4), [
      words.verdict("shoe", words.outside),
      words.pValue(number("0.0420"), "41", "999"),
      alarms,
      words.took(number("12.3")),
    ]);
    assert.deepEqual(paragraphs({ belongs: true, predictedClass: 0, pValue: 0.1 }).slice(0, 3), [
      words.verdict("shirt", words.inside),
      words.pValue(number("0.10"), "99", "999"),
      alarms,
    ]);
    assert.equal(paragraphs({ pValue: 0.001 })[1], words.leastPValue(number("0.0010"), "999"));
    assert.equal(paragraphs({ pValue: 0.002 })[1], words.pValue(number("0.0020"), "1", "999"));
    const status = (belongs: boolean) =>
      elementsOf(shown({ belongs }, language), "p", "verdict-words")[0];
    assert.equal(status(true).attributes.class, "verdict-words holds");
    assert.equal(status(false).attributes.class, "verdict-words fails");
  }
});

Deno.test("VerdictView has each class with its probability, and the likeliest stands out", () => {
  const rows = elementsOf(elementsOf(shown({}), "tbody")[0], "tr");
  assert.deepEqual(
    rows.map((row) => [
      textOf(elementsOf(row, "th")[0]),
      textOf(elementsOf(row, "td", "number")[0]),
      numberOf(elementsOf(row, "rect")[0], "width"),
      row.attributes.class,
    ]),
    [
      ["shirt", numbersIn(languages[0], "12.5%"), 12.5, undefined],
      ["shoe", numbersIn(languages[0], "62.5%"), 62.5, "likeliest"],
      ["bag", numbersIn(languages[0], "25.0%"), 25, undefined],
    ],
  );
});

Deno.test("VerdictView names the cluster by its most frequent class, and neighbours by theirs", () => {
  const page = shown({});
  const { clusterNote } = languages[0].text.tryIt;
  assert(elementsOf(page, "p").map(textOf).includes(clusterNote("2", "shoe")));
  assert.deepEqual(elementsOf(page, "li").map(textOf), ["bag", "shoe", "shirt"]);
  const sides = elementsOf(page, "canvas").map((canvas) => numberOf(canvas, "width"));
  assert.deepEqual(sides, Array(5).fill(payload.frame.side));
});

Deno.test("VerdictView marks the score of this image in the scores of both sets", () => {
  const [chart] = elementsOf(shown({}), "svg", "wide");
  const [line] = elementsOf(elementsOf(chart, "g", "marker")[0], "line");
  const scale = readScale(chart, "x");
  assert(Math.abs(scale.valueAt(numberOf(line, "x1")) - 3) < 0.01);
  const names = elementsOf(elementsOf(chart, "g", "key")[0], "text").map(textOf);
  assert.deepEqual(names, ["Clothes", "Digits"]);
  const tops = elementsOf(chart, "path", "histogram").map(({ attributes }) =>
    Number(/V([\d.]+)H/.exec(attributes.d)![1])
  );
  assert(tops[0] > tops[1], "a fifteenth of what belongs, a third of what does not");
});

Deno.test("rowOf() takes one image of many", () => {
  const values = Uint8Array.from({ length: 12 }, (_, at) => at);
  assert.deepEqual([...rowOf(values, 1, 2)], [4, 5, 6, 7]);
});
