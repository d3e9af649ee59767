import assert from "node:assert/strict";
import { jupyterTable } from "./jupyter.ts";

Deno.test("jupyterTable() shows cells as text and as HTML, without markup of theirs", () => {
  const table = jupyterTable("a < b", ["name", "value"], [["<b>", 1 / 3], ["x & y", 12345678]]);
  assert.deepEqual(table, {
    "text/plain": "a < b\nname\tvalue\n<b>\t0.3333\nx & y\t12345678",
    "text/html": "<table><caption>a &lt; b</caption><thead><tr><th>name</th><th>value</th></tr>" +
      "</thead><tbody><tr><td>&lt;b&gt;</td><td>0.3333</td></tr>" +
      "<tr><td>x &amp; y</td><td>12345678</td></tr></tbody></table>",
  });
});

Deno.test("jupyterTable() leaves out and counts what is beyond 30 rows and 12 columns", () => {
  const row = Array.from({ length: 13 }, (_, j) => j);
  const table = jupyterTable("t", row.map(String), Array.from({ length: 32 }, () => row));
  const whole = jupyterTable("t", row.slice(1).map(String), Array(30).fill(row.slice(1)));
  assert.equal(whole["text/plain"].split("\n").length, 32);
  assert.ok(!whole["text/html"]!.includes("more"));
  const lines = table["text/plain"].split("\n");
  assert.equal(lines.length, 33);
  assert.equal(lines[1], "0\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11");
  assert.equal(lines[32], "… 2 more rows, 1 more column");
  assert.match(table["text/html"]!, /<p>… 2 more rows, 1 more column<\/p>$/);
});
