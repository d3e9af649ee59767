import assert from "node:assert/strict";
import { join } from "node:path";
import { folderContents, inFolder, namesIn } from "../apps/report-site/testing/folder_contents.ts";
import { writeResults } from "../apps/report-site/testing/write_results.ts";
import { exampleResultsOf, experimentIds } from "../apps/report-site/testing/examples.ts";
import { ending } from "./command_line.ts";
import { listenError } from "./serve.ts";
import { callTask } from "./testing/run_task.ts";

const root = new URL("../", import.meta.url);

Deno.test("deno task site reports a damaged result on one line, writes the others and exits with 1", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "results"));
    await Deno.writeTextFile(join(folder, "results", "data.json"), "{}");
    const { code, error } = await callTask("site", ["--out", folder]);
    assert.equal(code, 1);
    assert.match(error, /^error: Cannot read [^\n]*data\.json: at experiment, expected[^\n]*\n$/);
    const page = await Deno.readTextFile(join(folder, "site", "data.html"));
    assert.match(page, /results\/data\.json: at experiment, expected/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("deno task site gives a remedy when a result cannot be read", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "results", "data.json");
    await Deno.mkdir(join(folder, "results"));
    await Deno.symlink(file, file);
    const { code, error } = await callTask("site", ["--out", folder]);
    assert.equal(code, 1);
    assert.match(
      error,
      /^error: Cannot \w+ [^\n]*data\.json: its symbolic links lead in a circle, /,
    );
    assert.doesNotMatch(error, /os error|\n./);
  });
});

Deno.test("deno task site exits with 130 on Ctrl-C and leaves the previous site in place", async () => {
  await inFolder(async (folder) => {
    await writeResults(join(folder, "results"), exampleResultsOf(experimentIds));
    await Deno.mkdir(join(folder, "site"));
    const page = join(folder, "site", "index.html");
    await Deno.writeTextFile(page, "the previous site");
    const before = folderContents(folder);
    for (const delayMs of [0, 100, 300]) {
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--no-prompt", "--allow-read", "--allow-write", "tasks/site.ts"],
          ...["--out", folder],
        ],
        cwd: root,
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      while (namesIn(folder).length === 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      const start = performance.now();
      child.kill("SIGINT");
      const { code, stdout, stderr } = await child.output();
      const tookMs = performance.now() - start;
      const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assert.deepEqual({ code, said }, { code: 130, said: ["", "Interrupted\n"] });
      assert.deepEqual(folderContents(folder), before);
      assert(tookMs < 5000, `it took ${tookMs} ms`);
    }
  });
});

Deno.test("deno task serve reports on one line that there is no report", async () => {
  const { code, error } = await callTask("serve", ["--out", "no-such-folder"]);
  assert.equal(code, 1);
  assert.match(error, /^error: Cannot serve [^\n]*: there is no report[^\n]*\n$/);
});

Deno.test("deno task serve reports on one line that it may not listen on a port", () => {
  const denied = new Deno.errors.PermissionDenied("Permission denied (os error 13)");
  const error = listenError(Object.assign(denied, { code: "EACCES" }), 80);
  assert.equal(
    ending(error, false).message,
    "error: Cannot listen on port 80: only the administrator may, " +
      "--port chooses another (0 for any)",
  );
});

Deno.test("deno task serve serves until Ctrl-C and then exits quietly", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "site"));
    await Deno.writeTextFile(join(folder, "site", "index.html"), "<h1>home</h1>");
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-net=127.0.0.1",
        "tasks/serve.ts",
        "--out",
        folder,
        "--port",
        "0",
      ],
      cwd: root,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(value)?.[0];
    assert(address, value);
    assert.equal(await (await fetch(address)).text(), "<h1>home</h1>");
    child.kill("SIGINT");
    await reader.cancel();
    const { code } = await child.status;
    assert.equal(await new Response(child.stderr).text(), "");
    assert.equal(code, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
