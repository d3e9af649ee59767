import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findKMeansInit } from "./findings.ts";
import { words } from "./words/en.ts";

type Run = { start: string; inertia: number };

const format = formatFor("en");

Deno.test("findKMeansInit() says what the numbers say about the starts", () => {
  const findings = findKMeansInit(example, words, format);
  assertSays(findings, "60.0% of the images lie in a cluster whose majority is their class");
  assertSays(findings, "found worst are three (26%), two (62%), and one (67%)");
  assertSays(findings, "From random images, k-means takes 11 iterations in the median (10 to 12)");
  assertSays(findings, "k-means++ was not better than random images here");
  assertSays(findings, "2 of 7 runs stopped at the iteration limit");
});

Deno.test("findKMeansInit() says that k-means++ was better when it was", () => {
  const result = structuredClone(example);
  for (const run of result.payload.runs as unknown as Run[]) {
    if (run.start === "k-means++") run.inertia /= 2;
  }
  assertSays(
    findKMeansInit(result, words, format),
    "k-means++ was better than random images here",
  );
});
