import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder, namesIn } from "../apps/report-site/testing/folder_contents.ts";
import { writeWhole } from "./write_whole.ts";

Deno.test("writeWhole() writes text and bytes, and makes missing folders", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "below", "file");
    for (const content of ["first", "second"]) {
      await writeWhole(path, content);
      assert.equal(await Deno.readTextFile(path), content);
    }
    await writeWhole(path, Uint8Array.of(1, 2));
    assert.deepEqual([...await Deno.readFile(path)], [1, 2]);
    assert.deepEqual(namesIn(join(folder, "below")), ["file"]);
  });
});

Deno.test("writeWhole() keeps the previous file and no temporary one when the disk is full", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "file");
    await writeWhole(path, "before");
    const { writeFile } = Deno;
    const full = new TypeError("No space left on device");
    Deno.writeFile = async (path) => {
      await writeFile(path, new Uint8Array());
      throw full;
    };
    try {
      await assert.rejects(() => writeWhole(path, "after"), full);
      await assert.rejects(() => writeWhole(join(folder, "new"), "after"), full);
    } finally {
      Deno.writeFile = writeFile;
    }
    assert.equal(await Deno.readTextFile(path), "before");
    assert.deepEqual(namesIn(folder), ["file"]);
  });
});
