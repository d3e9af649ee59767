/**
 * Runs every task with paths that cannot be used: each reports that in one line, and leaves no files behind. A process
 * takes long to start, so that one per flag has to do.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderContents, inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { callTask, runTask } from "./testing/run_task.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const experiment = ["data", "--profile", "quick", "--backend", "cpu", "--dataset"];
const nowhere = ["--out", join(root, "report", "nowhere")];

/** The flags of each task whose value is a folder or file to read or write. */
const flags: readonly [
  task: Parameters<typeof callTask>[0],
  before: readonly string[],
  flag: string,
][] = [
  ["experiments", [...experiment, "sample"], "--out"],
  ["experiments", [...experiment, "mnist", ...nowhere], "--data-dir"],
  ["data", ["digits-8x8"], "--data-dir"],
  ["site", [], "--out"],
  ["serve", [], "--out"],
  ["bench", ["kmeans-blobs", "--quick"], "--json"],
  ["bench", [], "--from"],
];

for (const [task, before, flag] of flags) {
  Deno.test(`deno task ${task} ${flag} rejects an empty path with exit code 2`, async () => {
    const { code, error } = await callTask(task, [...before, flag, ""]);
    assert.equal(error, `error: Cannot use ${flag} "": it must name a file or folder\n`);
    assert.equal(code, 2);
  });

  Deno.test(`deno task ${task} ${flag} reports a path that cannot be used on one line`, async () => {
    await inFolder(async (folder) => {
      const file = join(folder, "file");
      await Deno.writeTextFile(file, "somebody's");
      for (
        const [end, path] of [
          [runTask, join(file, "below")],
          [callTask, join(folder, "x".repeat(300))],
        ] as const
      ) {
        const { code, error } = await end(task, [...before, flag, path]);
        assert.match(error, /^error: Cannot [^\n]*\n$/);
        assert(error.includes(path), error);
        assert.doesNotMatch(error, /os error/);
        assert.equal(code, 1);
      }
      assert.deepEqual([...folderContents(folder)], [["file", "somebody's"]]);
    });
  });
}

for (const task of ["experiments", "site"] as const) {
  const before = task === "site" ? [] : [...experiment, "sample"];
  Deno.test(`deno task ${task} --out FILE leaves the file alone and gives a remedy`, async () => {
    await inFolder(async (folder) => {
      const file = join(folder, "file");
      await Deno.writeTextFile(file, "somebody's");
      const { code, error } = await callTask(task, [...before, "--out", file]);
      assert.match(error, /^error: Cannot [^\n]*: a part of the path is a file, [^\n]*\n$/);
      assert(error.includes(file), error);
      assert.equal(code, 1);
      assert.deepEqual([...folderContents(folder)], [["file", "somebody's"]]);
    });
  });
}
