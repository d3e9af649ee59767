/**
 * The report: pages over the results of experiments, exported as files that need no server and no
 * script.
 *
 * @module
 */
export type { Answer, SiteExperiment } from "./experiment.ts";
export { type ExportedSite, type ExportOptions, exportSite } from "./export.ts";
export { formatFor } from "./language/format.ts";
export { importTexts } from "./language/import_texts.ts";
export type { Language, SiteLanguage } from "./language/language.ts";
export { languages, textIn } from "./language/languages.ts";
export { definePage, type Page, type PageCode, type PageGroup, type Results } from "./page.ts";
export { replaceFolder } from "./replace_folder.ts";
export { removeIfOld, WorkFolder } from "./work_folder.ts";
