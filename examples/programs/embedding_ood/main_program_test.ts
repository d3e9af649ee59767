import { random } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { inFolder } from "../../../apps/report-site/testing/folder_contents.ts";

/** Rows around one of three directions, as a table of eight columns. */
function table(rows: number, seed: number, directionOf: (row: number) => number): string {
  const source = random(seed);
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(
      { length: 8 },
      (_, column) => (column === directionOf(row) ? 6 : 0) + source.normal(),
    ).join(","));
  return ["a,b,c,d,e,f,g,h", ...lines].join("\n");
}

Deno.test("embedding_ood names the new rows that point elsewhere, and hardly any others", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/known.csv`, table(600, 1, (row) => row % 3));
    // The last twenty of a hundred point where no known one does.
    await Deno.writeTextFile(`${folder}/new.csv`, table(100, 2, (row) => row < 80 ? row % 3 : 6));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", `--allow-read=${folder}`],
        ...["examples/programs/embedding_ood/main.ts", `${folder}/known.csv`, `${folder}/new.csv`],
      ],
      cwd: new URL("../../..", import.meta.url),
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const [first, ...lines] = new TextDecoder().decode(stdout).trim().split("\n");
    const rows = lines.map((line) => Number(/^row (\d+): p = 0\.\d+$/.exec(line)?.[1]));
    assert.equal(first, `${rows.length} of 100 rows are unlike those of ${folder}/known.csv`);
    assert.equal(rows.filter((row) => row >= 80).length, 20);
    assert.ok(rows.filter((row) => row < 80).length <= 6, rows.join());
  });
});
