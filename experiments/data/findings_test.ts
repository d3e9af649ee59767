import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findData, headline, setNamed } from "./findings.ts";
import type { DataResult } from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");
const [inside, outside] = example.data;
const [first, second] = example.payload.sets;

/** Two sets of which no number is that of another; the classes of the second are equally frequent. */
const distinct: DataResult = {
  ...example,
  data: [
    {
      ...inside,
      rows: { train: 1234, test: 567 },
      imageShape: { height: 8, width: 5 },
      classNames: ["cat", "dog", "owl"],
    },
    { ...outside, imageShape: { height: 6, width: 9 }, classNames: ["hat", "shoe"] },
  ],
  payload: {
    sets: [
      {
        ...first,
        density: 0.1234,
        splits: [
          { split: "train", rows: 1234, classCounts: [400, 384, 450] },
          { split: "test", rows: 567, classCounts: [250, 117, 200] },
        ],
      },
      {
        ...second,
        density: 0.4321,
        splits: [
          { split: "train", rows: 90, classCounts: [40, 50] },
          { split: "test", rows: 20, classCounts: [15, 5] },
        ],
      },
    ],
  },
};

Deno.test("findData() takes each number from where it belongs", () => {
  assert.deepEqual(findData(distinct, words, format), [
    "Example shapes has 1,801 images of 8×5 pixels in 3 classes.",
    "The classes of Example shapes have from 501 (class dog) to 650 images (class cat and class owl).",
    "12.3% of the pixels of Example shapes are not black.",
    "Example clothes has 110 images of 6×9 pixels in 2 classes.",
    "In Example clothes, every class has the same number of images (55).",
    "43.2% of the pixels of Example clothes are not black.",
  ]);
});

Deno.test("findData() counts no images of a class that a split does not mention", () => {
  const [set] = distinct.payload.sets;
  const short = [set.splits[0], { ...set.splits[1], classCounts: [250] }];
  const result = { ...distinct, payload: { sets: [{ ...set, splits: short }] } };
  assert.match(
    findData(result, words, format)[1],
    /have from 384 \(class dog\) to 650 images \(class cat\)/,
  );
});

Deno.test("headline() of the data counts the in-distribution images", () => {
  assert.deepEqual(headline(distinct, words, format), {
    number: "1,234",
    sentence: "training images in 3 classes; 567 more to test on",
  });
  assert.equal(headline({ ...distinct, data: [distinct.data[1]] }, words, format), undefined);
});

Deno.test("setNamed() is the set with a name, and the first for a name that there is not", () => {
  assert.equal(setNamed(distinct, distinct.data[1].name), distinct.data[1]);
  assert.equal(setNamed(distinct, "other"), distinct.data[0]);
});
