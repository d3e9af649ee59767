import assert from "node:assert/strict";
import { inFolder } from "../../../apps/report-site/testing/folder_contents.ts";

Deno.test("csv_outliers names the row that was put in, and the column that makes it odd", async () => {
  await inFolder(async (folder) => {
    const rows = Array.from(
      { length: 80 },
      (_, i) => [i % 9, 2 * (i % 9) + (i * 7 % 5) / 10, i % 4],
    );
    rows[33][1] = 40;
    const lines = ["length,double,kind", ...rows.map((row) => row.join(","))];
    await Deno.writeTextFile(`${folder}/made.csv`, lines.join("\n"));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", `--allow-read=${folder}`],
        ...["examples/programs/csv_outliers/main.ts", `${folder}/made.csv`],
      ],
      cwd: new URL("../../..", import.meta.url),
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const [first, second] = new TextDecoder().decode(stdout).split("\n");
    assert.match(first, /80 rows, 3 columns/);
    assert.match(second, /^row 33: double is 40, expected 1\d\.\d\d$/);
  });
});
