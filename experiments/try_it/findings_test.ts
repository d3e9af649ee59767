import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { headline } from "./findings.ts";
import { words } from "./words/en.ts";

Deno.test("headline() of the models to try is the share of the other set that the detector notices", () => {
  const detector = {
    ...example.payload.detector,
    name: "vim",
    alpha: 0.03,
    otherFound: { ...example.payload.detector.otherFound, value: 0.4567 },
  };
  const result = { ...example, payload: { ...example.payload, detector } };
  assert.deepEqual(headline(result, words, formatFor("en")), {
    number: "45.7%",
    sentence: "of the other data set are noticed by one `vim` per class at p ≤ 0.03",
  });
});
