import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { readCommit } from "./commit.ts";

const [one, two] = ["1", "2"].map((digit) => digit.repeat(40));

/** Writes files by their path in a folder, and reads the commit of one folder in it. */
function commitOf(
  files: Readonly<Record<string, string>>,
  folder = ".",
): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  inFolder(async (root) => {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text.replaceAll("ROOT", root));
    }
    resolve(await readCommit(join(root, folder)));
  }).catch(reject);
  return promise;
}

const branch = { ".git/HEAD": "ref: refs/heads/topic/x\n" };

Deno.test("readCommit() reads a branch, loose or packed, and prefers the loose one", async () => {
  const packed = `# pack-refs with: peeled fully-peeled sorted\n${two} refs/heads/main\n` +
    `${one} refs/heads/topic/x\n^${two}\n${two} refs/tags/v1\n`;
  assert.equal(await commitOf({ ...branch, ".git/refs/heads/topic/x": `${one}\n` }), one);
  assert.equal(await commitOf({ ...branch, ".git/packed-refs": packed }), one);
  assert.equal(
    await commitOf({ ...branch, ".git/packed-refs": packed, ".git/refs/heads/topic/x": two }),
    two,
  );
});

Deno.test("readCommit() reads a detached HEAD, from any folder of the repository", async () => {
  const files = { ".git/HEAD": `${one}\n`, "a/b/file": "" };
  for (const folder of [".", "a", "a/b"]) assert.equal(await commitOf(files, folder), one);
});

Deno.test("readCommit() follows the .git file of a worktree and of a submodule", async () => {
  const shared = { "main/.git/HEAD": `${two}\n`, "main/.git/refs/heads/x": `${one}\n` };
  const worktree = {
    ...shared,
    "tree/.git": "gitdir: ROOT/main/.git/worktrees/tree\n",
    "main/.git/worktrees/tree/HEAD": "ref: refs/heads/x\n",
    "main/.git/worktrees/tree/commondir": "../..\n",
  };
  assert.equal(await commitOf(worktree, "tree"), one);
  const submodule = {
    "main/.git/HEAD": `${two}\n`,
    "main/sub/.git": "gitdir: ../.git/modules/sub\n",
    "main/.git/modules/sub/HEAD": "ref: refs/heads/x\n",
    "main/.git/modules/sub/refs/heads/x": `${one}\n`,
  };
  assert.equal(await commitOf(submodule, "main/sub"), one);
});

Deno.test("readCommit() returns null without a repository, a commit, or files that it understands", async () => {
  const cases: Readonly<Record<string, string>>[] = [
    { "file": "" },
    branch,
    { ".git/HEAD": "ref: refs/heads/.invalid\n", ".git/reftable/tables.list": "" },
    { ".git/HEAD": "1".repeat(64) },
    { ".git/HEAD": "" },
    { ".git/HEAD": "ref: refs/heads/a", ".git/refs/heads/a": "ref: refs/heads/a" },
    { ".git": "gitdir: nowhere\n" },
  ];
  for (const files of cases) assert.equal(await commitOf(files), null, JSON.stringify(files));
});

Deno.test("readCommit() agrees with git about this repository", async () => {
  const cwd = import.meta.dirname!;
  const { success, stdout } = await new Deno.Command("git", { args: ["rev-parse", "HEAD"], cwd })
    .output().catch(() => ({ success: false, stdout: new Uint8Array() }));
  const said = success ? new TextDecoder().decode(stdout).trim() : null;
  if (said !== null) assert.equal(await readCommit(cwd), said);
});
