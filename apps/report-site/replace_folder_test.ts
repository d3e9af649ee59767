import assert from "node:assert/strict";
import { join } from "node:path";
import { replaceFolder } from "./replace_folder.ts";
import { folderContents, inFolder, namesIn } from "./testing/folder_contents.ts";
import { writeFiles } from "./write_files.ts";

/** Times that a test is repeated: CI, which sets the seed, does so more often. */
function times(count: number): number {
  return Deno.env.get("MIXTAPE_TEST_SEED") ? count : count / 5;
}

/** Many enough that two writers are under way at the same time. */
function filesOf(content: string): Map<string, string> {
  return new Map(Array.from({ length: 70 }, (_, i) => [join(`${i % 7}`, `${i}.txt`), content]));
}

function replace(folder: string, content: string, signal?: AbortSignal): Promise<void> {
  return replaceFolder(folder, (next) => writeFiles(next, filesOf(content), signal));
}

Deno.test("replaceFolder() puts a whole folder in place, however many replace it at once", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "site");
    for (let trial = 0; trial < times(20); trial += 1) {
      await Promise.all(["a", "b", "c", "d"].map((content) => replace(target, content)));
      const files = [...folderContents(target).values()];
      assert.equal(files.length, 70);
      assert.equal(new Set(files).size, 1, "files of several writers");
      assert.deepEqual(namesIn(folder), ["site"]);
    }
  });
});

Deno.test("replaceFolder() puts a whole folder in place while another process does so, too", async () => {
  const module = new URL("./replace_folder.ts", import.meta.url).href;
  const code = `import { replaceFolder } from "${module}";
    const [target, content] = Deno.args;
    for (let i = 0; i < ${times(100)}; i += 1) {
      await replaceFolder(target, async (next) => {
        for (let j = 0; j < 5; j += 1) await Deno.writeTextFile(next + "/" + j, content);
      });
    }`;
  await inFolder(async (folder) => {
    const script = join(folder, "replace.ts");
    await Deno.writeTextFile(script, code);
    const target = join(folder, "site");
    const ends = await Promise.all(
      ["a", "b", "c"].map((content) =>
        new Deno.Command(Deno.execPath(), {
          args: ["run", "--no-prompt", "--allow-read", "--allow-write", script, target, content],
        }).output()
      ),
    );
    const said = ends.map(({ stderr }) => new TextDecoder().decode(stderr)).join("");
    assert.deepEqual(ends.map(({ code }) => code), [0, 0, 0], said);
    const files = [...folderContents(target).values()];
    assert.deepEqual([files.length, new Set(files).size], [5, 1]);
    assert.deepEqual(namesIn(folder), ["replace.ts", "site"]);
  });
});

Deno.test("replaceFolder() keeps the previous folder and leaves nothing when writing fails or stops", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "site");
    await replace(target, "before");
    const before = folderContents(target);
    const full = new RangeError("no space left");
    await assert.rejects(
      () =>
        replaceFolder(target, async (next) => {
          await Deno.writeTextFile(join(next, "half"), "written");
          throw full;
        }),
      full,
    );
    await assert.rejects(() => replace(target, "after", AbortSignal.abort()), {
      name: "AbortError",
    });
    assert.deepEqual(folderContents(target), before);
    assert.deepEqual(namesIn(folder), ["site"]);
  });
});

Deno.test("replaceFolder() replaces no file", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "site");
    await Deno.writeTextFile(target, "somebody's");
    await assert.rejects(() => replace(target, "new"), /^NotADirectory: Cannot write .*: there is/);
    assert.equal(await Deno.readTextFile(target), "somebody's");
  });
});
