import { tryItIsland, tryItPage } from "@mixtape/report-site/routes";
import { tryItPayload } from "@mixtape/results/schema";
import { defineExperiment, type Experiment } from "../experiment.ts";
import { headline } from "./findings.ts";

/** Models that the reader tries on a page of the site. */
export const experiment: Experiment = await defineExperiment({
  id: "try-it",
  schema: tryItPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "try-it",
  Content: [tryItPage],
  islands: [tryItIsland],
  onOverview: false,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});
