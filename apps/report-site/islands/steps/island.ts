import type { Island } from "../island.ts";

/** A slider that steps through parts of a page, which are all there without it. */
export const stepsIsland: Island = {
  name: "steps",
  entry: "steps/main.ts",
  pages: ["kmeans", "runs"],
};
