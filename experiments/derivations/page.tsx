import { missingDerivationPage, mixtureDerivationPage } from "@mixtape/report-site/routes";
import { derivationsPayload } from "@mixtape/results/schema";
import { defineExperiment, type Experiment } from "../experiment.ts";
import { headline } from "./findings.ts";

/** The pen-and-paper exercises, checked by machine; their pages show the proofs without a result as well. */
export const experiment: Experiment = await defineExperiment({
  id: "derivations",
  schema: derivationsPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "derivations/mixtures",
  Content: [missingDerivationPage, mixtureDerivationPage],
  code: {
    "derivations/missing-entries": "missing_code.ts",
    "derivations/mixtures": "mixture_code.ts",
  },
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});
