import type { WorkerJob } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import type { Results } from "../page.ts";
import { plan } from "../testing/examples.ts";
import { elementsOf, textOf } from "../testing/read_markup.ts";
import { shownPage, tableIn } from "../testing/read_page.tsx";
import { workersPage } from "./workers.tsx";

const jobs: readonly WorkerJob[] = [
  { worker: "a:1", part: null, elapsedMs: 1250, tries: 1 },
  { worker: "b:2", part: "network, best", elapsedMs: 60_000, tries: 3 },
  { worker: "b:2", part: "detector, msp", elapsedMs: 500, tries: 1 },
].map((job, at) => ({
  experiment: "ood-detectors",
  key: "k",
  startedAt: `2026-01-02T03:04:0${at}.000Z`,
  ...job,
}));

const [english] = languages;
const shown = (workerJobs?: readonly WorkerJob[]) => {
  const results: Results = { byExperiment: {}, ...workerJobs && { workerJobs } };
  return shownPage(workersPage, results, english);
};

Deno.test("the page of workers lists each worker and each job, and counts what was begun again", () => {
  const page = shown(jobs);
  assert.match(textOf(page), /3 jobs were done by 2 workers in 1 min 2 s of work\./);
  assert.match(textOf(page), /1 job was begun more than once\./);
  assert.deepEqual(tableIn(page, "workers-all").map((row) => Object.values(row)), [
    ["a:1", "1", "1.3", "0"],
    ["b:2", "2", "61", "1"],
  ]);
  assert.deepEqual(
    tableIn(page, "workers-jobs").map((row) => {
      const [, part, worker, , seconds, tries] = Object.values(row);
      return [part, worker, seconds, tries];
    }),
    [
      ["all of it", "a:1", "1.3", "1"],
      ["network, best", "b:2", "60", "3"],
      ["detector, msp", "b:2", "0.50", "1"],
    ],
  );
  assert.match(textOf(shown(jobs.slice(0, 1))), /1 job was done by 1 worker in 1\.3 s of work\./);
  assert.match(textOf(shown(jobs.slice(0, 1))), /Every job was done at its first try\./);
});

Deno.test("the page of workers gives no job a time of 0, and keeps dates whole", () => {
  const page = shown([{ ...jobs[2], elapsedMs: 4 }]);
  assert.equal(tableIn(page, "workers-all")[0]["Seconds of work"], "0.0040");
  assert.equal(tableIn(page, "workers-jobs")[0]["Seconds"], "0.0040");
  assert.deepEqual(elementsOf(page, "td", "moment").map(textOf), ["2026-01-02 03:04:02"]);
});

Deno.test("the page of workers is there where workers did something alone", () => {
  const has = (results: Results) => plan.pagesFor(results).includes(workersPage);
  assert(has({ byExperiment: {}, workerJobs: jobs }));
  assert(!has({ byExperiment: {}, workerJobs: [] }));
  assert(!has({ byExperiment: {} }));
  assert.match(textOf(shown()), /No worker did anything for these results\./);
});
