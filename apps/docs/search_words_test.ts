import assert from "node:assert/strict";
import { searchWords } from "./search_words.ts";

Deno.test("a name is found by itself and by its parts", () => {
  assert.deepEqual(searchWords("kMeans"), ["kMeans", "k", "Means"]);
  assert.deepEqual(searchWords("KMeansJSON"), ["KMeansJSON", "K", "Means", "JSON"]);
  assert.deepEqual(searchWords("fprAtIdTpr95"), ["fprAtIdTpr95", "fpr", "At", "Id", "Tpr95"]);
  assert.deepEqual(searchWords("ROC, covariância!"), ["ROC", "covariância"]);
  assert.deepEqual(searchWords("@mixtape/tensor-utils"), ["mixtape", "tensor", "utils"]);
  assert.deepEqual(searchWords(" … "), []);
});
