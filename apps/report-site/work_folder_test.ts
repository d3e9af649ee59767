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

Deno.test("WorkFolder opens beside folders that cannot be read or taken away, and leaves them", async () => {
  const kinds: Readonly<Record<string, (path: string) => unknown>> = {
    "an owner's file cut short": (path) => Deno.writeTextFileSync(path, '{"target":"ta'),
    "an owner's file of zeros": (path) => Deno.writeFileSync(path, new Uint8Array(2000)),
    "an owner of nothing": (path) => Deno.writeTextFileSync(path, "null"),
    "an owner of another folder": (path) => Deno.writeTextFileSync(path, '{"target":"../x"}'),
    "a folder for an owner's file": (path) => Deno.mkdirSync(path),
    "a link in a circle": (path) => Deno.symlinkSync("owner.json", path),
  };
  for (const [kind, leave] of Object.entries(kinds)) {
    await inFolder(async (folder) => {
      const left = join(folder, ".mixtape-left");
      await Deno.mkdir(left);
      await leave(join(left, "owner.json"));
      await (await WorkFolder.open(join(folder, "target")))[Symbol.asyncDispose]();
      assert.deepEqual(namesIn(folder), [".mixtape-left"], kind);
    });
  }
});

Deno.test("WorkFolder opens beside another user's folder", async () => {
  await inFolder(async (folder) => {
    const left = join(folder, ".mixtape-left");
    await Deno.mkdir(left);
    await Deno.writeTextFile(join(left, "owner.json"), "{}");
    const denied = new Deno.errors.PermissionDenied("Permission denied (os error 13)");
    using _failing = failAt("open", Object.assign(denied, { code: "EACCES" }), left);
    await (await WorkFolder.open(join(folder, "target")))[Symbol.asyncDispose]();
    assert.deepEqual(namesIn(folder), [".mixtape-left"]);
  });
});

Deno.test("WorkFolder takes away what a process left without its name, once it is old", async () => {
  await inFolder(async (folder) => {
    const left = join(folder, ".mixtape-left");
    await Deno.mkdir(left);
    await Deno.writeTextFile(join(left, "owner.json"), "");
    await Deno.utime(left, 0, 0);
    await (await WorkFolder.open(join(folder, "target")))[Symbol.asyncDispose]();
    assert.deepEqual(namesIn(folder), []);
  });
});

Deno.test("WorkFolder leaves an old folder whose owner is at work", async () => {
  await inFolder(async (folder) => {
    const target = join(folder, "target");
    await using one = await WorkFolder.open(target);
    await Deno.utime(one.path, 0, 0);
    await (await WorkFolder.open(target))[Symbol.asyncDispose]();
    assert.deepEqual(namesIn(folder).map((name) => join(folder, name)), [one.path]);
  });
});

/** Lets a function of Deno's file system fail until disposed of, for paths below one if that is given. */
function failAt(
  name: "writeTextFile" | "open",
  error: Error,
  below = "",
): Disposable & { readonly error: Error } {
  const original = Deno[name] as (path: string | URL, ...rest: unknown[]) => unknown;
  Object.assign(Deno, {
    [name]: (path: string | URL, ...rest: unknown[]) =>
      String(path).startsWith(below) ? Promise.reject(error) : original(path, ...rest),
  });
  return {
    error,
    [Symbol.dispose]() {
      Object.assign(Deno, { [name]: original });
    },
  };
}
