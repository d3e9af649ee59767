/**
 * The parts that islands of experiments are built from.
 *
 * @module
 */
export { choiceInAddress, keepInAddress } from "./address.ts";
export { browserPage } from "./browser_page.ts";
export type { Island } from "./island.ts";
export { siteWords } from "./site_words.ts";
export { Slider } from "./slider.tsx";
export { islandData, islandWords, startIsland } from "./start_island.ts";
