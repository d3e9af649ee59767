import type { Island } from "../island.ts";

/** Tells the values of marks in charts, and links series to their rows in tables, which are whole without it. */
export const chartsIsland: Island = {
  name: "charts",
  entry: new URL("./main.ts", import.meta.url).href,
  mark: '<svg class="chart',
};
