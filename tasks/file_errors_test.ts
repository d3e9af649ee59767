import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { ending } from "./command_line.ts";
import { describeFileError } from "./file_errors.ts";

/** Returns the description of the error that `act` throws. */
async function saidOf(act: () => unknown): Promise<string | undefined> {
  try {
    await act();
  } catch (error) {
    assert(error instanceof Error);
    assert.deepEqual(ending(error, false), {
      code: 1,
      message: `error: ${describeFileError(error)}`,
    });
    return describeFileError(error);
  }
  assert.fail("nothing was thrown");
}

Deno.test("describeFileError() names the path and a remedy", async () => {
  await inFolder(async (folder) => {
    const [file, full, other] = ["file", "full", "other"].map((name) => join(folder, name));
    await Deno.writeTextFile(file, "x");
    for (const path of [full, other]) await Deno.mkdir(join(path, "inside"), { recursive: true });
    const long = join(folder, "x".repeat(300));
    const cases: [act: () => unknown, said: string][] = [
      [() => Deno.remove(full), `Cannot write to ${full}: the folder is not empty, close what `],
      [() => Deno.rename(full, other), `Cannot write to ${other}: the folder is not empty, `],
      [
        () => Deno.mkdir(join(file, "a")),
        `Cannot write to ${file}/a: a part of the path is a file`,
      ],
      [() => Deno.mkdir(long), `Cannot write to ${long}: the name is too long, choose a shorter`],
      [() => Deno.stat(long), `Cannot read ${long}: the name is too long, choose a shorter one`],
      [() => Deno.readFile(full), `Cannot read ${full}: it is a folder, `],
      [() => Deno.mkdir(file), `Cannot write to ${file}: something of that name is there, `],
      [() => Deno.stat(join(folder, "no")), `Cannot read ${folder}/no: there is no such file or `],
      [() => writeFile(join(file, "a"), ""), `Cannot open ${file}/a: a part of the path is a file`],
    ];
    for (const [act, said] of cases) {
      const found = await saidOf(act);
      assert(found !== undefined && found.startsWith(said), `${found}`);
      assert.doesNotMatch(found, /\n|os error/);
    }
  });
});

Deno.test("describeFileError() names the target when a work folder is on a full or read-only disk", () => {
  const error = (code: string, message: string) => Object.assign(new Error(message), { code });
  const at = "report/results/.mixtape-0f8fad5b-d9cb-469f-a165-70867728950e/3";
  assert.equal(
    describeFileError(
      error("ENOSPC", `No space left on device (os error 28): writefile '${at}'`),
    ),
    "Cannot write to report/results: the disk is full, free some space or choose another disk",
  );
  assert.equal(
    describeFileError(error("EROFS", "Read-only file system (os error 30): mkdir 'report'")),
    "Cannot write to report: it is read-only, choose another path or make it writable",
  );
});

Deno.test("describeFileError() names the permission that a task lacks", () => {
  const denial = new Deno.errors.NotCapable(
    'Requires read access to "other/site", run again with the --allow-read flag',
  );
  assert.equal(
    describeFileError(denial),
    "Cannot read other/site: this task is not permitted to, " +
      "add --allow-read=other/site to its command in deno.json",
  );
});

Deno.test("describeFileError() names the folders that Deno denies to all tasks", () => {
  const denial = new Deno.errors.NotCapable(
    'Requires all access to "/proc/x/results", run again with the --allow-all flag',
  );
  assert.equal(
    describeFileError(denial),
    "Cannot use /proc/x/results: Deno keeps /dev, /proc and /sys from tasks, choose another path",
  );
});

Deno.test("describeFileError() returns undefined for other errors", () => {
  for (const error of [new Deno.errors.NotFound("Cannot serve x: there is none"), new Error("x")]) {
    assert.equal(describeFileError(error), undefined);
  }
});
