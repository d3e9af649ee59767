import assert from "node:assert/strict";
import { languages } from "@mixtape/report-site";
import { Typesetter } from "../../apps/report-site/math/typesetter.ts";
import { renderPage } from "../../apps/report-site/render.tsx";
import {
  elementsOf,
  type Markup,
  readMarkup,
  textOf,
} from "../../apps/report-site/testing/read_markup.ts";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { shownAlone } from "../../apps/report-site/testing/read_page.tsx";
import { h } from "preact";
import { experiment } from "./page.tsx";
import type { KMeansInitResult, KMeansRun } from "./result.ts";

// 16 images of 25 pixels: a number of grey levels is a 20th of the root of an inertia.
const [template] = example.payload.representatives.map((one) => ({
  ...one,
  clusterSizes: [4, 4, 4, 4],
  centroids: { ...one.centroids, tile: { width: 5, height: 5 } },
}));

function runOf(start: KMeansRun["start"], seed: number, shift: number): KMeansRun {
  return {
    start,
    seed,
    iterations: 3 + 100 * shift,
    converged: shift === 0,
    inertia: 1234.5 + 1000 * shift,
    inertiaHistory: [2000 + shift, 1500 + shift, 1234.5 + 1000 * shift],
    purity: 0.611 + shift,
    nmi: 0.522 + shift,
    ari: 0.433 + shift,
    elapsedMs: 1250 + 1000 * shift,
  };
}

const result: KMeansInitResult = {
  ...example,
  payload: {
    ...example.payload,
    runs: [
      runOf("random", 7, 0.02),
      runOf("random", 8, 0.05),
      runOf("k-means++", 8, 0),
    ],
    representatives: [
      {
        ...template,
        start: "random",
        seed: 7,
        classRecall: [0.11, 0.22, 0.33, 0.44],
        matches: [[0.9, 3.21], [0.52, 4.32], [0.41, 5.43], [0.13, 6.54]].map((
          [sharedRows, centroidDifference],
        ) => ({ sharedRows, centroidDifference })),
      },
      {
        ...template,
        start: "k-means++",
        seed: 8,
        classRecall: [0.55, 0.66, 0.77, 0.88],
        contingency: [[1, 20, 3, 4], [15, 6, 7, 8], [9, 10, 11, 22], [13, 14, 25, 16]],
        clusterSizes: [38, 50, 46, 50],
        majorityClasses: [1, 0, 3, 2],
      },
    ],
  },
};

Deno.test("the page on k-means has each number of a run under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  const runs = { "Start": ["random", "random", "k-means++"], "Seed": ["7", "8", "8"] };
  assert.deepEqual(tables.get("iterations"), {
    ...runs,
    "Iterations": ["5", "8", "3"],
    "Converged": ["no", "no", "yes"],
    "Seconds": ["1.27", "1.30", "1.25"],
  });
  assert.deepEqual(tables.get("inertia"), {
    ...runs,
    "Grey levels per pixel": ["1.77095", "1.79200", "1.75677"],
    "Inertia": ["1,254.500", "1,284.500", "1,234.500"],
  });
  assert.deepEqual(tables.get("quality"), {
    ...runs,
    "Purity": ["0.631", "0.661", "0.611"],
    "NMI": ["0.542", "0.572", "0.522"],
    "ARI": ["0.453", "0.483", "0.433"],
  });
});

Deno.test("the page on k-means has the inertia of each iteration and the recall of each class by start", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("inertia-curves"), {
    "Iteration": ["1", "2", "3"],
    "random": ["2.23608", "1.93650", "1.77095"],
    "k-means++": ["2.23607", "1.93649", "1.75677"],
  });
  assert.deepEqual(tables.get("class-recall"), {
    "Class": ["zero", "one", "two", "three"],
    "random": ["11.0%", "22.0%", "33.0%", "44.0%"],
    "k-means++": ["55.0%", "66.0%", "77.0%", "88.0%"],
  });
});

Deno.test("the page on k-means has classes by cluster, in the order of the run, and each beside its match", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("from-k-means-plus-plus-contingency"), {
    "Class": ["zero", "one", "two", "three"],
    "1 (one)": ["1", "15", "9", "13"],
    "2 (zero)": ["20", "6", "10", "14"],
    "3 (three)": ["3", "7", "11", "25"],
    "4 (two)": ["4", "8", "22", "16"],
  });
  assert.deepEqual(tables.get("from-k-means-plus-plus-clusters"), {
    "Cluster": ["1", "2", "3", "4"],
    "Majority": ["mostly one (39%)", "mostly zero (40%)", "mostly three (54%)", "mostly two (44%)"],
    "Size": ["38", "50", "46", "50"],
  });
  assert.deepEqual(tables.get("matched"), {
    "Cluster": ["1", "2", "3", "4"],
    "Majority": ["one", "zero", "three", "two"],
    "In common, random": ["90%", "52%", "41%", "13%"],
    "Difference, random": ["3.2", "4.3", "5.4", "6.5"],
  });
});

Deno.test("the page on k-means shows each start's clusters with their own images, and each run's frames with its inertia", () => {
  const { html } = renderPage({
    page: experiment.pages[0],
    pages: [],
    language: languages[0],
    results: { byExperiment: { "kmeans-init": result } },
    typesetter: new Typesetter(),
  });
  const page = readMarkup(html);
  const matched = elementsOf(elementsOf(page, "ul", "matched")[0], "ol");
  assert.deepEqual(matched.map((list) => elementsOf(list, "li").map(textOf)), [
    ["", "", "", ""],
    ["90%", "52%", "41%", "13%"],
  ]);
  const [random, plus] = elementsOf(page, "ul", "clusters");
  const clusters = elementsOf(plus, "li");
  assert.deepEqual(clusters.map((one) => textOf(elementsOf(one, "p")[0])), [
    "mostly one (39%)38 images",
    "mostly zero (40%)50 images",
    "mostly three (54%)46 images",
    "mostly two (44%)50 images",
  ]);
  const shared = elementsOf(random, "li").map((one) => textOf(elementsOf(one, "p")[0]));
  assert.deepEqual(shared.map((text) => text.split("images")[1]), [
    "90% in common",
    "52% in common",
    "41% in common",
    "13% in common",
  ]);
  const labels = (one: Markup) =>
    elementsOf(one, "svg").flatMap(({ attributes }) => attributes["aria-label"] ?? []);
  assert.deepEqual(labels(clusters[1]), [
    "Centroid of a cluster whose most frequent class is zero",
    "The images nearest to the centroid of the cluster of zero",
    "The images farthest from the centroid of the cluster of zero",
  ]);
  // The second cluster has the second tile, and the eleventh image and those after it.
  const tiles = elementsOf(clusters[1], "image").map(({ attributes }) => attributes);
  const [centroid, nearest, farthest] = tiles;
  const { tile } = template.centroids;
  assert.deepEqual([Number(centroid.x), Number(centroid.y)], [-tile.width, 0]);
  assert.deepEqual([nearest, farthest].map(({ x, y }) => [Number(x), Number(y)]), [
    [0, -template.nearest.tile.height],
    [0, -template.farthest.tile.height],
  ]);
  const frames = elementsOf(page, "ul", "frames");
  const texts = frames.map((frame) => elementsOf(frame, "li").map(textOf));
  assert.deepEqual(texts, [
    [
      "random24,495 grey levels per pixeliteration 0",
      "k-means++24,495 grey levels per pixeliteration 0",
    ],
    [
      "random21,794 grey levels per pixeliteration 1",
      "k-means++21,794 grey levels per pixeliteration 1",
    ],
    [
      "random19,365 grey levels per pixeliteration 5, its last",
      "k-means++19,365 grey levels per pixeliteration 5, its last",
    ],
  ]);
  const bars = frames.map((frame) => elementsOf(frame, "svg", "inertia")[0])
    .map((bar) => elementsOf(bar, "rect")[0]);
  assert.deepEqual(bars.map(({ attributes: { width, height } }) => [width, height]), [
    ["100.00", "4"],
    ["88.98", "4"],
    ["79.06", "4"],
  ]);
});

Deno.test("the picture of k-means has the centroids of the best run that was told no classes, if there is one", () => {
  const { Content, image } = experiment.cover!;
  const sprite = (file: string) => ({ ...template.centroids, file });
  const means = {
    ...template,
    start: "class-means" as const,
    seed: 9,
    centroids: sprite("means.png"),
  };
  const others = result.payload.representatives.map((one) => ({
    ...one,
    centroids: sprite(`${one.seed}.png`),
  }));
  const runs = [...result.payload.runs, { ...runOf("class-means", 9, 0), inertia: 1 }];
  const shown = (representatives: KMeansInitResult["payload"]["representatives"]) => {
    const one = { ...result, payload: { ...result.payload, runs, representatives } };
    const page = shownAlone(() => h(Content, { result: one }));
    return {
      file: image?.(one)?.file,
      caption: textOf(elementsOf(page, "p", "cover-caption")[0]),
      tiles: elementsOf(page, "svg").map(({ attributes }) => attributes["aria-label"].at(-1)),
    };
  };
  const best = shown([...others, means]);
  assert.equal(best.file, "8.png");
  assert.match(best.caption, /^The 4 centroids .* 184 images, .*k-means\+\+, without being told/);
  assert.equal(best.tiles.length, 4);
  assert.equal(shown(others.slice(0, 1)).file, "7.png");
  const told = shown([means]);
  assert.equal(told.file, "means.png");
  assert.doesNotMatch(told.caption, /without/);
});
