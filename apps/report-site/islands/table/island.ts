import type { Island } from "../island.ts";

/** Sorting and filtering of tables, which are whole without it. */
export const tableIsland: Island = {
  name: "table",
  entry: new URL("./main.ts", import.meta.url).href,
};
