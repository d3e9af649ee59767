import { originOf } from "../../components/origin.ts";
import type { Island } from "../island.ts";
import type { MixturesData } from "./mixtures_data.ts";

/** Two sliders, over weight decay and components, that choose the mixture whose scores are shown. */
export const mixturesIsland: Island = {
  name: "mixtures",
  entry: "mixtures/main.ts",
  pages: ["mixtures"],
  data({ results }): MixturesData | undefined {
    const result = results["gmm-ood"];
    return result && { payload: result.payload, origin: originOf(result) };
  },
};
