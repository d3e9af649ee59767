/**
 * How a site is served on this machine: one handler of requests, over a folder of files or over the
 * results as they are now.
 *
 * @module
 */
export { answerTo, type FileSource, type ServedFile } from "./answer.ts";
export { FolderSource } from "./folder_source.ts";
