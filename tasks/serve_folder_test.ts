import assert from "node:assert/strict";
import { join } from "node:path";
import { serveFolder } from "./serve_folder.ts";

async function withSite(
  run: (ask: (path: string, init?: RequestInit) => Promise<Response>) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    const site = join(folder, "site");
    await Deno.mkdir(join(site, "pt"), { recursive: true });
    await Deno.writeTextFile(join(folder, "secret.txt"), "secret");
    await Deno.writeTextFile(join(site, "index.html"), "<h1>home</h1>");
    await Deno.writeTextFile(join(site, "pt", "index.html"), "<h1>casa</h1>");
    await Deno.writeTextFile(join(site, "a b.css"), "a{}");
    await Deno.symlink(join(folder, "secret.txt"), join(site, "link.txt"));
    const answer = serveFolder(site);
    await run((path, init) => answer(new Request(`http://localhost${path}`, init)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("serveFolder() answers with files, their types, and index.html for a folder", async () => {
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

Deno.test("serveFolder() answers HEAD without a body, and no other method", async () => {
  await withSite(async (ask) => {
    const head = await ask("/index.html", { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), "");
    const post = await ask("/index.html", { method: "POST" });
    assert.equal(post.status, 405);
    assert.equal(post.headers.get("allow"), "GET, HEAD");
  });
});

Deno.test("serveFolder() never leaves its folder", async () => {
  const attempts = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/pt/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%00",
    "/%",
    "/link.txt",
    "//etc/passwd",
    "/pt",
    "/missing.html",
    "/index.html/x",
  ];
  await withSite(async (ask) => {
    for (const path of attempts) {
      const response = await ask(path);
      assert([400, 404].includes(response.status), `${path}: ${response.status}`);
      assert.doesNotMatch(await response.text(), /secret$|root:/, path);
    }
  });
});
