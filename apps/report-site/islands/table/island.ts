import type { Island } from "../island.ts";

/** Sorting and filtering of tables, which are whole without it. */
export const tableIsland: Island = {
  name: "table",
  entry: "table/main.ts",
  pages: ["detectors"],
};
