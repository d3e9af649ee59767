import { basename, dirname } from "node:path";
import { isKernel, kernelName } from "./kernel_sources.ts";
import { partOf } from "./workspace.ts";

/**
 * Returns how far a test file is from a source file: 0 for the test of that file or of the folder it is in, 1 for
 * another beside it or beside its folder, 2 for another of its part of the workspace, 3 for all others.
 *
 * @param test Path of the test file.
 * @param file Path of the source file.
 */
export function distanceOf(test: string, file: string): number {
  const tested = test.replace(/_test\.tsx?$/, "");
  const folder = dirname(file);
  if (
    isKernel(file) && ["kernel", kernelName(file)].some((name) => basename(test).startsWith(name))
  ) return 0;
  if (tested === file.replace(/\.tsx?$/, "") || basename(tested) === basename(folder)) return 0;
  if ([folder, dirname(folder)].includes(dirname(test))) return 1;
  return partOf(test) === partOf(file) ? 2 : 3;
}
