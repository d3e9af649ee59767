import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";

const tables = readTables(experiment.pages[0], example);

Deno.test("the page of the classes has recall, precision and confusions under their headings", () => {
  assert.deepEqual(tables.get("classes-recall"), {
    "Class": ["cat", "dog"],
    "Rows": ["70", "50"],
    "Predicted right": ["61", "43"],
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
  assert.deepEqual(tables.get("reliability"), {
    "From": ["50%", "90%"],
    "To": ["60%", "100%"],
    "Rows": ["17", "103"],
    "Mean confidence": ["55.2%", "93.1%"],
    "Accuracy": ["58.8%", "91.3%"],
  });
  assert.deepEqual(tables.get("classes-sets"), {
    "Rows that do not belong": ["cat", "cat", "dog", "dog"].map((name) =>
      `class ${name}, held out`
    ),
    "Detector": ["mahalanobis", "knn", "mahalanobis", "knn"],
    "AUROC": ["0.812", "0.762", "0.912", "0.862"],
    "95% from": ["0.744", "0.694", "0.844", "0.794"],
    "95% to": ["0.861", "0.811", "0.961", "0.911"],
    "Number of these rows": ["70", "70", "50", "50"],
    "Rows that belong": ["15", "15", "21", "21"],
    "Rows of the fit": ["35", "35", "49", "49"],
    "Dimensions": ["3", "3", "2", "2"],
  });
});

Deno.test("the page of the classes leaves out what there is none of", () => {
  const [cat] = example.payload.classes;
  const payload = {
    ...example.payload,
    classes: [{ ...cat, precision: null }],
    confusion: null,
    confusions: [],
    sets: [],
  };
  const bare = readTables(experiment.pages[0], { ...example, payload });
  assert.deepEqual([...bare.keys()], ["classes-recall", "reliability"]);
  const recall = bare.get("classes-recall")!;
  assert.deepEqual([recall["Rows predicted"], recall["Precision"]], [["0"], ["—"]]);
});
