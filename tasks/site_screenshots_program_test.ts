import assert from "node:assert/strict";

async function screenshots(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", "tasks/site_screenshots.ts", ...args],
    cwd: new URL("../", import.meta.url),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("deno task site:screenshots --help prints its usage", async () => {
  const { code, stdout } = await screenshots("--help");
  assert.equal(code, 0);
  assert.match(stdout, /Usage: deno task site:screenshots/);
});

Deno.test("deno task site:screenshots reports a missing report on one line", async () => {
  const { code, stderr } = await screenshots("--out", "no-such-folder");
  assert.equal(code, 1);
  assert.match(stderr, /^error: Cannot take pictures[^\n]*(?:no report|Chromium)[^\n]*\n$/);
});
