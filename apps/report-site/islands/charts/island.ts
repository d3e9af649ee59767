import type { Island } from "../island.ts";

/** Tells the values of marks in charts, links series to their rows in tables, and makes files of charts. */
export const chartsIsland: Island = {
  name: "charts",
  entry: new URL("./main.ts", import.meta.url).href,
  marks: ['<svg class="chart', '<svg class="small-histogram"'],
};
