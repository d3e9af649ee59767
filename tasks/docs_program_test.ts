import assert from "node:assert/strict";
import { join, posix } from "node:path";
import { folderContents, inFolder } from "../apps/report-site/testing/folder_contents.ts";

/** Runs the task with a folder to write into, and returns how it ended. */
async function docs(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-read", "--allow-write", `--allow-run=${Deno.execPath()}`],
      ...["tasks/docs.ts", ...args],
    ],
    cwd: new URL("..", import.meta.url),
  }).output();
  const [said, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, said, error };
}

Deno.test("deno task docs writes guides and a reference into the report, and every link of theirs holds", async () => {
  await inFolder(async (folder) => {
    const { code, said, error } = await docs("--out", folder);
    assert.equal(code, 0, error);
    assert(said.includes(join(folder, "site", "docs", "index.html")), said);
    const site = join(folder, "site");
    const files = folderContents(site);
    const pages = [...files.keys()].filter((path) => /^docs\/[^/]+\.html$/.test(path));
    assert(pages.includes("docs/clustering.html") && pages.includes("docs/from_scikit_learn.html"));
    assert.match(files.get("index.html")!, /href="docs\/index\.html"/);
    for (const page of pages) {
      for (const [, href] of files.get(page)!.matchAll(/(?:href|src)="([^"#][^"]*|#[^"]+)"/g)) {
        checkLink(page, href, files);
      }
    }
    const [, entries] = /=(\[.*\]);/s.exec(files.get("docs/entries.js")!) ?? [];
    const found: { href: string; title: string }[] = JSON.parse(entries);
    for (const { href } of found) checkLink("docs/index.html", href, files);
    for (const name of ["kMeans", "GaussianMixtureModel", "auroc", "readTable"]) {
      assert(found.some(({ title }) => title === name), `${name} is not found`);
    }
  });
});

/** Checks that a link of a page leads to a file of the site, and to a place that it has. */
function checkLink(page: string, href: string, files: ReadonlyMap<string, string>): void {
  if (/^https?:/.test(href)) return;
  const [path, anchor] = href.split("#");
  const target = path === "" ? page : posix.join(posix.dirname(page), path);
  const text = files.get(target);
  assert(text !== undefined, `${page} links ${href}, which is not there`);
  if (anchor !== undefined) assert(text.includes(`id="${anchor}"`), `${page} links ${href}`);
}
