import assert from "node:assert/strict";
import { join } from "node:path";
import { answerTo } from "./answer.ts";
import { FolderSource } from "./folder_source.ts";

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

async function withSite(run: (ask: Ask) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const site = join(folder, "site");
    await Deno.mkdir(join(site, "pt"), { recursive: true });
    await Deno.writeTextFile(join(folder, "secret.txt"), "secret");
    await Deno.writeTextFile(join(site, ".hidden"), "secret");
    await Deno.writeTextFile(join(site, "index.html"), "<h1>home</h1>");
    await Deno.writeTextFile(join(site, "pt", "index.html"), "<h1>casa</h1>");
    await Deno.writeTextFile(join(site, "a b.css"), "a{}");
    await Deno.symlink(join(folder, "secret.txt"), join(site, "link.txt"));
    await Deno.symlink(join(site, ".hidden"), join(site, "hidden.txt"));
    await Deno.symlink("loop.txt", join(site, "loop.txt"));
    await Deno.symlink("nowhere", join(site, "dangling.txt"));
    const source = new FolderSource(site);
    await run((path, init) => answerTo(source, new Request(`http://localhost${path}`, init)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("answerTo() answers with files, their types, and index.html for a folder", async () => {
  await withSite(async (ask) => {
    const home = await ask("/");
    assert.equal(home.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(home.headers.get("x-content-type-options"), "nosniff");
    assert.equal(await home.text(), "<h1>home</h1>");
    assert.equal(await (await ask("/pt/")).text(), "<h1>casa</h1>");
    const style = await ask("/a%20b.css");
    assert.equal(style.headers.get("content-type"), "text/css; charset=utf-8");
    assert.equal(await style.text(), "a{}");
  });
});

Deno.test("answerTo() answers HEAD as GET without the body, and no other method", async () => {
  await withSite(async (ask) => {
    for (const path of ["/index.html", "/missing", "/pt"]) {
      const [head, get] = await Promise.all([ask(path, { method: "HEAD" }), ask(path)]);
      assert.equal(head.status, get.status, path);
      assert.deepEqual([...head.headers], [...get.headers], path);
      const { length } = new Uint8Array(await get.arrayBuffer());
      assert.equal(head.headers.get("content-length"), String(length), path);
      assert.equal(await head.text(), "");
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FROB"]) {
      const refused = await ask("/index.html", { method });
      assert.equal(refused.status, 405, method);
      assert.equal(refused.headers.get("allow"), "GET, HEAD", method);
    }
  });
});

Deno.test("answerTo() sends a file once only to who keeps its tag", async () => {
  await withSite(async (ask) => {
    const etag = (await ask("/index.html")).headers.get("etag");
    assert.match(etag ?? "", /^"[\w-]{22}"$/);
    assert.equal((await ask("/")).headers.get("etag"), etag);
    for (const tags of [`${etag}`, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await ask("/index.html", { headers: { "if-none-match": tags } });
      assert.equal(answer.status, 304, tags);
      assert.equal(answer.headers.get("etag"), etag);
      assert.equal(answer.body, null);
    }
    const other = await ask("/pt/", { headers: { "if-none-match": `${etag}` } });
    assert.equal(other.status, 200);
  });
});

Deno.test("answerTo() leads to a folder whose slash is missing, below any path of the host", async () => {
  await withSite(async (ask) => {
    const moved = await ask("/pt?x=1");
    assert.equal(moved.status, 308);
    assert.equal(moved.headers.get("location"), "./pt/?x=1");
    assert.equal((await ask("/pt/index.html/")).status, 404);
    assert.equal((await ask("/index.html/")).status, 404);
  });
});

Deno.test("FolderSource never leaves its folder, and shows no hidden file", async () => {
  const attempts = [
    ...["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/pt/..%2f..%2fsecret.txt"],
    ...["/..%5csecret.txt", "/%00", "/%", "/link.txt", "//etc/passwd", "/missing.html"],
    ...["/index.html/x", "/.hidden", "/%2ehidden", "/hidden.txt", "/loop.txt", "/dangling.txt"],
    ...[`/${"x".repeat(300)}`, `/${"x".repeat(5000)}`, `/${"x/".repeat(500)}`],
  ];
  await withSite(async (ask) => {
    for (const path of attempts) {
      const response = await ask(path);
      assert.equal(response.status, 404, path);
      assert.equal(await response.text(), "Not found\n", path);
    }
  });
});
