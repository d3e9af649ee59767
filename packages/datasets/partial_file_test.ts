import assert from "node:assert/strict";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { claimPartial, partialPath, removePartials } from "./partial_file.ts";
import { temporaryFolder } from "./testing/tiny_dataset.ts";

const url = "https://a.org/x.gz";

/** Writes a file that was changed last some milliseconds before `now`. */
async function write(path: string, text: string, now: number, age: number): Promise<void> {
  await writeFile(path, text);
  await utimes(path, (now - age) / 1000, (now - age) / 1000);
  assert.equal((await stat(path)).mtimeMs, now - age);
}

/** Runs something while the clock stands still. */
async function at<T>(now: number, run: () => Promise<T>): Promise<T> {
  const { now: real } = Date;
  Date.now = () => now;
  try {
    return await run();
  } finally {
    Date.now = real;
  }
}

const now = Date.UTC(2024, 0, 1);
const [fresh, left] = [60_000, 60_001];

Deno.test("partialPath() keeps the parts of files and of mirrors apart", async () => {
  const path = await partialPath("f", "x", url);
  assert.match(path, /^f.x\.[0-9a-f]{8}\.partial$/);
  assert.notEqual(await partialPath("f", "x", `${url}?`), path);
});

Deno.test("claimPartial() takes what was kept, or a copy of what was left a minute ago", async () => {
  for (
    const [kept, age, expected] of [[true, left, "kept"], [false, left, "left"], [false, fresh]]
  ) {
    await using folder = await temporaryFolder();
    const path = await partialPath(folder.path, "x", url);
    const others = [
      await partialPath(folder.path, "xy", url),
      await partialPath(folder.path, "x", "b"),
    ];
    const writing = (of: string) => of.replace(/partial$/, "1.partial");
    for (const other of others) await write(writing(other), "other", now, left);
    if (kept) await write(path, "kept", now, 0);
    await write(writing(path), "left", now, Number(age));
    const claimed = await at(now, () => claimPartial(folder.path, "x", url));
    assert.equal(claimed.kept, path);
    assert.match(claimed.path, /\.[0-9a-f]{8}\.[0-9a-f-]{36}\.partial$/);
    const text = await readFile(claimed.path, "utf8").catch(() => undefined);
    assert.equal(text, expected);
    const names = await readdir(folder.path);
    for (const other of others) assert.ok(names.includes(basename(writing(other))));
    assert.equal(names.includes(basename(path)), false);
    assert.equal(names.includes(basename(writing(path))), expected !== "left");
  }
});

Deno.test("removePartials() removes what is kept or left of complete files, not what is being written", async () => {
  await using folder = await temporaryFolder();
  const ages = {
    "x.12345678.partial": 0,
    "x.12345678.1.partial": left,
    "x.12345678.2.partial": fresh,
    "xy.12345678.partial": left,
    "x.12345678": left,
    "y.12345678.1.partial": left,
    "z.12345678.partial": left,
  };
  for (const [name, age] of Object.entries(ages)) {
    await write(join(folder.path, name), "", now, age);
  }
  await at(now, () => removePartials(folder.path, ["x", "y"]));
  assert.deepEqual((await readdir(folder.path)).sort(), [
    "x.12345678",
    "x.12345678.2.partial",
    "xy.12345678.partial",
    "z.12345678.partial",
  ]);
});
