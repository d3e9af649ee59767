/**
 * A local server for the site: one handler of requests, for a folder of files or for the current
 * results.
 *
 * @module
 */
export { answerTo, type FileSource, type ServedFile } from "./answer.ts";
export { FolderSource } from "./folder_source.ts";
