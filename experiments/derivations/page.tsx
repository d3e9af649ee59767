import { missingDerivationPage, mixtureDerivationPage } from "@mixtape/report-site/routes";
import { derivationsPayload } from "@mixtape/results/schema";
import { defineExperiment, type Experiment } from "../experiment.ts";
import { headline, words } from "./findings.ts";

/** The pen-and-paper exercises, checked by machine; their pages show the proofs without a result as well. */
export const experiment: Experiment = defineExperiment({
  id: "derivations",
  schema: derivationsPayload,
  words,
  path: "derivations/mixtures",
  Content: [missingDerivationPage, mixtureDerivationPage],
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});
