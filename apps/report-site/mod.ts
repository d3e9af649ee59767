/**
 * The report: pages over the results of experiments, exported as files that need no server and no
 * script.
 *
 * @module
 */
export { type ExportedSite, type ExportOptions, exportSite } from "./export.ts";
export type { Page, Results } from "./page.ts";
export { pages } from "./pages.ts";
export { type ReadResults, readResults } from "./read_results.ts";
export { type RenderedPage, type RenderOptions, renderPage } from "./render.tsx";
