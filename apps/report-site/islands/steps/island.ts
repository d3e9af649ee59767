import type { Island } from "../island.ts";

/** A slider that steps through parts of a page, of which the first and the last are there without it. */
export const stepsIsland: Island = {
  name: "steps",
  entry: new URL("./main.ts", import.meta.url).href,
};
