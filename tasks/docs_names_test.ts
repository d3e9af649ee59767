import assert from "node:assert/strict";

const page = Deno.readTextFileSync(new URL("../docs/from_scikit_learn.md", import.meta.url));

/** Returns the cells of the rows of the table below a heading. */
function tableBelow(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1].split("\n## ")[0];
  return section.split("\n").filter((line) => line.startsWith("|")).slice(2)
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

Deno.test("the map from scikit-learn names functions that the packages have", async () => {
  const rows = tableBelow("Names");
  assert.ok(rows.length > 10);
  for (const [, names, from] of rows) {
    const module = await import(from.replaceAll("`", ""));
    for (const [, name] of names.matchAll(/`(\w+)`/g)) {
      assert.equal(typeof module[name], "function", `${name} of ${from}`);
    }
  }
});
