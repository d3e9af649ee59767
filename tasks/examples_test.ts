import { readTable } from "@mixtape/datasets/table";
import assert from "node:assert/strict";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { examples } from "../examples/index.ts";

Deno.test("each example makes its data, the same each time, and its README has its command", async () => {
  for (const { name, make, flags } of examples) {
    await inFolder(async (folder) => {
      const { signal } = new AbortController();
      await make?.(folder, signal);
      const [, dataset, ...rest] = flags(folder);
      const label = rest[0] === "--label" ? rest[1] : undefined;
      const table = await readTable(dataset, { label });
      assert.deepEqual(table.omitted, []);
      assert.equal(table.classes?.length, name === "wine" ? 3 : 10);
      if (make) {
        await make(`${folder}/again`, signal);
        const again = await readTable(flags(`${folder}/again`)[1], { label });
        assert.deepEqual(again, table);
      }
      const foreign = rest[rest.indexOf("--foreign") + 1];
      if (rest.includes("--foreign")) {
        assert.deepEqual((await readTable(foreign)).columns, table.columns);
      }
    });
    const readme = await Deno.readTextFile(
      new URL(`../examples/${name}/README.md`, import.meta.url),
    );
    const [, command] = /deno task experiments (.*)/.exec(readme)!;
    const shown = flags("data").map((flag) => flag.replace(/^.*\/examples\//, "examples/"));
    assert.deepEqual(command.split(" "), shown);
  }
});
