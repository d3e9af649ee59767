import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { formatFor } from "@mixtape/report-site";
import { temperatureText } from "./figures.tsx";
import { experiment } from "./page.tsx";
import { words } from "./words/en.ts";

const readPage = () => readTables(experiment.pages[0], example);

Deno.test("the page of the classes has recall, precision and confusions under their headings", () => {
  const tables = readPage();
  assert.deepEqual(tables.get("classes-recall"), {
    "Class": ["cat", "dog"],
    "Rows": ["70", "50"],
    "Predicted correctly": ["61", "43"],
    "Recall": ["87.1%", "86.0%"],
    "Recall, 95% from": ["81.0%", "78.8%"],
    "Recall, 95% to": ["90.2%", "89.6%"],
    "Rows predicted": ["68", "52"],
    "Precision": ["89.7%", "82.7%"],
    "Precision, 95% from": ["80.0%", "70.0%"],
    "Precision, 95% to": ["95.0%", "90.0%"],
  });
  assert.deepEqual(tables.get("classes-confusions"), {
    "Class": ["cat", "dog"],
    "Prediction": ["dog", "cat"],
    "Rows": ["9", "7"],
  });
  assert.deepEqual(tables.get("confusion"), {
    "Class": ["cat", "dog"],
    "cat": ["61", "7"],
    "dog": ["9", "43"],
  });
});

Deno.test("the page of the classes has calibration and sets under their headings", () => {
  const tables = readPage();
  assert.deepEqual(tables.get("reliability"), {
    "From": ["50%", "90%"],
    "To": ["60%", "100%"],
    "Rows": ["17", "103"],
    "Mean confidence": ["55.2%", "93.1%"],
    "Accuracy": ["58.8%", "91.3%"],
  });
  assert.deepEqual(tables.get("classes-sets"), {
    "Rows that do not belong": [
      ...["cat", "cat", "dog", "dog"].map((name) => `class ${name}, held out`),
      ...["shuffled columns", "shuffled columns", "uniform noise", "uniform noise"],
    ],
    "Detector": [
      "mahalanobis",
      "knn",
      "mahalanobis",
      "knn",
      "mahalanobis",
      "ddu",
      "mahalanobis",
      "ddu",
    ],
    "AUROC": ["0.812", "0.762", "0.912", "0.862", "0.651", "0.611", "0.851", "0.811"],
    "95% from": ["0.744", "0.694", "0.844", "0.794", "0.611", "0.571", "0.811", "0.771"],
    "95% to": ["0.861", "0.811", "0.961", "0.911", "0.692", "0.652", "0.892", "0.852"],
    "Number of these rows": ["70", "70", "50", "50", "117", "117", "118", "118"],
    "Rows that belong": ["15", "15", "21", "21", "31", "31", "32", "32"],
    "Rows of the fit": ["35", "35", "49", "49", "83", "83", "84", "84"],
    "Dimensions": ["3", "3", "2", "2", "7", "7", "6", "6"],
  });
});

Deno.test("the page of the classes names the second file where its rows do not belong", () => {
  const [cat] = example.payload.sets;
  const data = [...example.data, { ...example.data[0], title: "later.csv" }];
  const payload = { ...example.payload, sets: [{ ...cat, heldOut: null }], madeUpSets: [] };
  const foreign = readTables(experiment.pages[0], { ...example, data, payload });
  assert.deepEqual(foreign.get("classes-sets")!["Rows that do not belong"], [
    "later.csv",
    "later.csv",
  ]);
});

Deno.test("the page of the classes leaves out what there is none of", () => {
  const [cat] = example.payload.classes;
  const payload = {
    ...example.payload,
    classes: [{ ...cat, precision: null }],
    confusion: null,
    confusions: [],
    sets: [],
    madeUpSets: [],
  };
  const bare = readTables(experiment.pages[0], { ...example, payload });
  assert.deepEqual([...bare.keys()], ["classes-recall", "reliability"]);
  const recall = bare.get("classes-recall")!;
  assert.deepEqual([recall["Rows predicted"], recall["Precision"]], [["0"], ["—"]]);
});

Deno.test("temperatureText() says where the temperature is an end of the range that was tried", () => {
  const said = (temperature: number) => temperatureText(temperature, words, formatFor("en"));
  assert.match(said(0.01), /the smallest number that was tried/);
  assert.match(said(100), /the largest number that was tried/);
  assert.doesNotMatch(said(99.9), /was tried/);
});
