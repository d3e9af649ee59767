import assert from "node:assert/strict";
import { Console } from "node:console";
import { Writable } from "node:stream";
import { readConsoleTable } from "./console_table.ts";
import { documentOf } from "./document.ts";

/** The text that `console.table` prints. */
function printed(value: unknown): string {
  const chunks: string[] = [];
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  new Console({ stdout, colorMode: false }).table(value);
  return chunks.join("");
}

const rows = [{ name: "k-POD", nmi: 0.5 }, { name: "<mean>", nmi: 0.25 }];

Deno.test("readConsoleTable() reads what console.table printed, and nothing else", () => {
  assert.deepEqual(readConsoleTable(printed(rows)), {
    head: ["(index)", "name", "nmi"],
    rows: [["0", "'k-POD'", "0.5"], ["1", "'<mean>'", "0.25"]],
  });
  assert.deepEqual(readConsoleTable(printed([]))?.rows ?? [], []);
  const table = printed(rows);
  for (const text of ["", "test accuracy: 96%\n", `${table}after\n`, `before\n${table}`]) {
    assert.equal(readConsoleTable(text), undefined, text);
  }
});

Deno.test("documentOf() prints a table with a head that each page repeats, and keeps short code whole", () => {
  const code = (source: string, text: string) =>
    documentOf([{ kind: "code", source, outputs: [{ kind: "text", text }] }], "en");
  const short = code("console.table(rows);", printed(rows));
  assert.match(short, /<thead><tr><th>\(index\)<\/th>.*<\/thead><tbody><tr><td>0<\/td><td>'k-POD'/);
  assert.match(short, /&lt;mean&gt;/);
  assert.match(short, /<pre class="code short">/);
  const long = code("await 1;\n".repeat(30).trim(), "done\n");
  assert.match(long, /<pre class="code">.*<pre class="output">done/s);
});
