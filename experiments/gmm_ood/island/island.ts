import { originOf } from "@mixtape/report-site/components";
import { type Island, siteWords } from "@mixtape/report-site/islands";
import type { GmmOodResult } from "../result.ts";
import type { MixturesData } from "./mixtures_data.ts";

/** Two sliders, over weight decay and components, that choose the mixture whose scores are shown. */
export const mixturesIsland: Island = {
  name: "mixtures",
  entry: new URL("./main.ts", import.meta.url).href,
  words: (language) => [
    ...siteWords(language, "site"),
    new URL(`../words/${language.name}.ts`, import.meta.url).href,
  ],
  data({ results }): MixturesData | undefined {
    const result = results.byExperiment["gmm-ood"] as GmmOodResult | undefined;
    return result && { payload: result.payload, origin: originOf(result) };
  },
};
