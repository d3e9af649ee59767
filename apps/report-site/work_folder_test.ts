import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder, namesIn } from "./testing/folder_contents.ts";
import { WorkFolder } from "./work_folder.ts";

/** A process that opens a work folder beside a target, runs a line of code, and is killed. */
async function killed(target: string, code: string): Promise<void> {
  const module = new URL("./work_folder.ts", import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-write", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(
    `import { WorkFolder } from "${module}";
    const target = ${JSON.stringify(target)};
    const work = await WorkFolder.open(target);
    ${code}
    console.log("ready");
    setInterval(() => {}, 1000);`,
  ));
  await writer.close();
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGKILL");
  await reader.cancel();
  await child.status;
}

Deno.test("WorkFolder has a name of its own, and goes with its work", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "below", "target");
    {
      await using one = await WorkFolder.open(target);
      await using two = await WorkFolder.open(target);
      assert.notEqual(one.path, two.path);
      await Deno.writeTextFile(join(one.path, "half"), "written");
      assert.equal(namesIn(join(folder, "below")).length, 2);
    }
    assert.deepEqual(namesIn(join(folder, "below")), []);
  });
});

Deno.test("WorkFolder takes away what a killed process left, and nothing of one that lives", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "target");
    await killed(target, `Deno.writeTextFileSync(work.path + "/half", "written");`);
    assert.equal(namesIn(folder).length, 1);
    await using one = await WorkFolder.open(target);
    await using two = await WorkFolder.open(target);
    const paths = [one, two].map(({ path }) => path).sort();
    assert.deepEqual(namesIn(folder).map((name) => join(folder, name)), paths);
  });
});

Deno.test("WorkFolder puts back what a killed process had moved out of the way", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "target");
    await Deno.mkdir(target);
    await Deno.writeTextFile(join(target, "kept"), "whole");
    await killed(target, `Deno.renameSync(target, work.previous);`);
    await (await WorkFolder.open(target))[Symbol.asyncDispose]();
    assert.deepEqual(namesIn(folder), ["target"]);
    assert.equal(await Deno.readTextFile(join(target, "kept")), "whole");
  });
});

Deno.test("WorkFolder leaves no folder where it cannot write its owner's name", async () => {
  await inFolder(async (folder) => {
    using failing = failAt("writeTextFile", new Deno.errors.WriteZero("full"));
    await assert.rejects(() => WorkFolder.open(join(folder, "target")), failing.error);
    assert.deepEqual(namesIn(folder), []);
  });
});

/** Lets a function of Deno's file system fail until disposed of. */
function failAt(name: "writeTextFile", error: Error): Disposable & { readonly error: Error } {
  const original = Deno[name];
  Deno[name] = () => Promise.reject(error);
  return {
    error,
    [Symbol.dispose]() {
      Deno[name] = original;
    },
  };
}
