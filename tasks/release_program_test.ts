import assert from "node:assert/strict";
import { dirname, join } from "node:path";

/** Runs a program in a folder and returns how it ended. */
async function runIn(folder: string, program: string, args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args], cwd: folder })
    .output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];
  const { code, stderr } = await runIn(folder, "git", [...identity, ...args]);
  assert.equal(code, 0, stderr);
}

function release(folder: string, ...args: readonly string[]) {
  const task = new URL("release.ts", import.meta.url).pathname;
  return runIn(new URL("..", import.meta.url).pathname, Deno.execPath(), [
    ...["run", "--quiet", "--no-prompt", `--allow-read=${folder}`, `--allow-write=${folder}`],
    ...["--allow-run=git", task, "--root", folder, ...args],
  ]);
}

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
    await Deno.writeTextFile(join(folder, name), text);
  }
}

/** Makes a workspace of two packages, `a` and `b` that imports it, both released as 0.1.0. */
async function makeWorkspace(): Promise<string> {
  const folder = await Deno.makeTempDir();
  const configuration = (name: string) =>
    `{\n  "name": "@w/${name}",\n  "version": "0.1.0",\n  "publish": { "exclude": ["**/*_test.ts", "fixtures/"] }\n}\n`;
  const changelog = "# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- First version.\n";
  await write(folder, {
    "deno.json": `{ "workspace": ["./packages/a", "./packages/b", "./apps/c"] }\n`,
    "packages/a/deno.json": configuration("a"),
    "packages/a/CHANGELOG.md": changelog,
    "packages/a/mod.ts": "export const a = 1;\n",
    "packages/b/deno.json": configuration("b"),
    "packages/b/CHANGELOG.md": changelog,
    "packages/b/mod.ts": `export { a } from "@w/a";\n`,
  });
  await git(folder, "init", "--quiet");
  await git(folder, "add", ".");
  await git(folder, "commit", "--quiet", "--message", "First");
  await git(folder, "tag", "@w/a@0.1.0");
  await git(folder, "tag", "@w/b@0.1.0");
  return folder;
}

Deno.test("deno task release refuses a package that changed, and raises it and its dependents", async () => {
  const folder = await makeWorkspace();
  try {
    const still = await release(folder);
    assert.equal(still.code, 0, still.stderr);
    assert.match(still.stdout, /Nothing changed/);

    await write(folder, { "packages/a/mod_test.ts": "1;\n", "packages/a/fixtures/x.json": "1\n" });
    await git(folder, "add", ".");
    assert.equal((await release(folder, "--check")).code, 0, "tests and fixtures are no change");

    await write(folder, { "packages/a/mod.ts": "export const a = 2;\n" });
    const refused = await release(folder, "--check");
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /^error: Cannot release: .*@w\/a 0\.1\.0 \(packages\/a\/mod\.ts\)\n$/,
    );

    const unnoted = await release(folder, "--level", "major");
    assert.equal(unnoted.code, 1);
    assert.match(unnoted.stderr, /nothing is noted .*changelog of @w\/a/);
    const read = (name: string) => Deno.readTextFile(join(folder, name));
    assert.match(await read("packages/b/deno.json"), /0\.1\.0/, "nothing is written by halves");

    await write(folder, {
      "packages/a/CHANGELOG.md":
        "# Changelog\n\n## Unreleased\n\n- `a` is 2.\n\n## 0.1.0\n\n- First.\n",
    });
    const tried = await release(folder, "--level", "major", "--dry-run");
    assert.match(tried.stdout, /@w\/a 0\.1\.0 -> 0\.2\.0/);
    assert.match(await read("packages/a/deno.json"), /0\.1\.0/);

    const raised = await release(folder, "--level", "major");
    assert.equal(raised.code, 0, raised.stderr);
    assert.match(raised.stdout, /git tag @w\/a@0\.2\.0\n\s*git tag @w\/b@0\.1\.1/);
    assert.match(await read("packages/a/deno.json"), /"version": "0\.2\.0"/);
    assert.match(await read("packages/b/deno.json"), /"version": "0\.1\.1"/);
    assert.match(
      await read("packages/a/CHANGELOG.md"),
      /## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- `a` is 2\.\n\n## 0\.1\.0/,
    );
    assert.match(await read("packages/b/CHANGELOG.md"), /- Needs @w\/a 0\.2\.0\.\n/);
    assert.equal((await release(folder, "--check")).code, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
