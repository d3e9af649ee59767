import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { readTable } from "./mod.ts";
import { withoutSignals } from "../testing/without_signals.ts";

/** A table of several blocks, in which some cells are missing, and some quoted. */
function longTable(seed: number, rows: number): { text: string; values: Float64Array } {
  const source = random(seed);
  const values = new Float64Array(rows * 3);
  const lines = ["a,note,b,c"];
  for (let i = 0; i < rows; i++) {
    const cells = Array.from({ length: 3 }, () => source.next() < 0.1 ? NaN : source.normal());
    values.set(cells, 3 * i);
    const [a, b, c] = cells.map((cell) => Number.isNaN(cell) ? "" : String(cell));
    const note = source.integer(1000) === 0 ? `"one, ""two""\nthree"` : "plain";
    lines.push(`${a},${note},${b},${c}`);
  }
  return { text: lines.join("\n"), values };
}

/** Gives text as a stream of pieces of random sizes, so that cells and characters are cut. */
function stream(text: string, seed: number, largest: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const source = random(seed);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at === bytes.length) return controller.close();
      const end = Math.min(bytes.length, at + 1 + source.integer(largest));
      controller.enqueue(bytes.slice(at, end));
      at = end;
    },
  });
}

Deno.test("readTable() reads the same from bytes, a Blob, a URL and a stream cut anywhere", async () => {
  const { text, values } = longTable(testSeed(), 60_000);
  const bytes = new TextEncoder().encode(text);
  assert.ok(bytes.length > 3 * 2 ** 20, "the table has several blocks");
  const blob = new Blob([bytes]);
  const url = URL.createObjectURL(blob);
  for (const source of [bytes, bytes.buffer, blob, url, new URL(url), stream(text, 1, 100_000)]) {
    const table = await readTable(source);
    assert.deepEqual(table.columns, ["a", "b", "c"]);
    assertAllClose(table.x.values, values, { rtol: 0 });
    assert.equal(table.missing.reduce((a, b) => a + b), values.filter(Number.isNaN).length);
  }
  URL.revokeObjectURL(url);
});

Deno.test("readTable() reads short streams cut at every byte", async () => {
  const text = 'größe,"b ""x"""\r\n1.5,"2"\r\n-3e2,"4"\r\n,\r\n';
  for (let largest = 1; largest < 12; largest++) {
    const { columns, x } = await readTable(stream(text, largest, largest));
    assert.deepEqual(columns, ["größe", 'b "x"']);
    assert.deepEqual([...x.values], [1.5, 2, -300, 4, NaN, NaN]);
  }
});

Deno.test("readTable.blocks() gives the rows of readTable() in order, a block at a time", async () => {
  const { text } = longTable(testSeed(), 60_000);
  const options = { label: "note", id: "a", columns: ["c", "b"] };
  const whole = await readTable(new Blob([text]), options);
  const blocks = await Array.fromAsync(readTable.blocks(new Blob([text]), options));
  assert.ok(blocks.length > 2);
  assertAllClose(blocks.flatMap(({ x }) => [...x.values]), whole.x.values, { rtol: 0 });
  // Compared as text: the difference of long arrays would take minutes to print.
  assert.ok(String(blocks.flatMap(({ labels }) => labels)) === String(whole.labels));
  assert.ok(String(blocks.flatMap(({ ids }) => ids)) === String(whole.ids));
  let row = 0;
  for (const { firstRow, x, missing } of blocks) {
    assert.equal(firstRow, row);
    row += x.shape[0];
    const gaps = [0, 0];
    x.values.forEach((value, i) => gaps[i % 2] += Number(Number.isNaN(value)));
    assert.deepEqual(missing, gaps);
  }
});

Deno.test("readTable() reports its progress, and stops when it is told", async () => {
  const { text } = longTable(0, 60_000);
  const seen: number[] = [];
  const size = new Blob([text]).size;
  await readTable(new Blob([text]), {
    onProgress: ({ rows, bytes, totalBytes }) => {
      assert.equal(totalBytes, size);
      assert.ok(bytes! <= size + 1);
      seen.push(rows);
    },
  });
  assert.equal(seen.at(-1), 60_000);
  const told: unknown[] = [];
  await readTable(new Blob(["a\n1\n2\n"]), { onProgress: (done) => told.push(done) });
  const json = new Blob(['{"a":[1,2]}']);
  await readTable(json, { name: "t.json", onProgress: (done) => told.push(done) });
  // Nothing is said of the bytes of JSON, which is read as a whole.
  assert.deepEqual(told, [{ rows: 2, bytes: 6, totalBytes: 6 }, { rows: 2, totalBytes: 11 }]);
  const stop = new AbortController();
  const reading = readTable(new Blob([text]), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await assert.rejects(reading, { name: "AbortError" });
  await assert.rejects(readTable(new Blob([text]), { signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
});

Deno.test("readTable() stops a download that has fallen silent when it is told", async () => {
  const begun = Promise.withResolvers<void>();
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(longTable(0, 9).text)),
    pull: () => begun.resolve(),
  });
  const options = { port: 0, hostname: "127.0.0.1", onListen() {} };
  await using server = Deno.serve(options, () => new Response(body));
  const stop = new AbortController();
  await withoutSignals(async () => {
    const reading = readTable(`http://127.0.0.1:${server.addr.port}/`, { signal: stop.signal });
    await begun.promise;
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(reading, { name: "AbortError" });
  });
});

Deno.test("readTable() says that a server does not answer", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  for (const url of [`http://127.0.0.1:${port}/x.csv`, "http://", "http://127.0.0.1:1/x.csv"]) {
    await assert.rejects(readTable(url), (error: Error) => {
      assert.equal(error.name, "TypeError");
      assert.ok(error.message.startsWith(`Cannot read ${url}: its server does not answer (`));
      return true;
    });
  }
});

Deno.test("readTable() says what a server answers, and counts the bytes that it announces", async () => {
  const options = { port: 0, hostname: "127.0.0.1", onListen() {} };
  await using server = Deno.serve(
    options,
    ({ url }) =>
      url.endsWith("t.csv")
        ? new Response("a\n1\n2\n", { headers: { "content-length": "6" } })
        : new Response("no", { status: 404, statusText: "Not Found" }),
  );
  const address = `http://127.0.0.1:${server.addr.port}`;
  await assert.rejects(readTable(`${address}/x.csv`), {
    name: "RangeError",
    message: `Cannot read ${address}/x.csv: the server answers 404 Not Found`,
  });
  const told: unknown[] = [];
  const { x } = await readTable(`${address}/t.csv`, { onProgress: (done) => told.push(done) });
  assert.deepEqual([[...x.values], told], [[1, 2], [{ rows: 2, bytes: 6, totalBytes: 6 }]]);
});

Deno.test("readTable.blocks() closes its file when the reader stops early", async () => {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  await Deno.writeTextFile(path, longTable(0, 60_000).text);
  for await (const { x } of readTable.blocks(path)) {
    assert.ok(x.shape[0] < 60_000);
    break;
  }
  await Deno.remove(path);
});

Deno.test("readTable() refuses sources and options of other kinds", async () => {
  const source = (value: unknown) => readTable(value as string);
  await assert.rejects(source(3), {
    name: "TypeError",
    message: "Cannot read a table: 3 was given, a path, a URL, bytes, a Blob or a stream is needed",
  });
  await assert.rejects(source(new Float64Array(3)), TypeError);
  const csv = new File(["a,b\n1,2\n"], "t.csv");
  for (
    const [given, name, message] of [
      [
        [[1, 2], [3, 4]],
        "TypeError",
        /holds an array of 2: .* new Blob\(\[JSON.stringify\(rows\)\]\)$/,
      ],
      [[{ a: 1 }], "TypeError", /holds an object: a list is one of image files/],
      [[csv, "t.csv"], "TypeError", /holds "t.csv": a list is one of image files/],
      [[csv], "RangeError", /"t.csv" is no PNG or JPEG image, a table is given as the File itself/],
      [[], "RangeError", /there is no PNG or JPEG image in it/],
      ["a,b\n1,2\n", "TypeError", /several lines, "a,b" and so on: .* give the text as new Blob/],
      [
        '[{"a":1}]',
        "RangeError",
        /no such file or folder \(the text of a table is given as a Blob\)$/,
      ],
      ["a,b,c", "RangeError", /no such file or folder \(the text/],
      ["no-such,file.csv", "RangeError", /no such file or folder$/],
    ] as const
  ) await assert.rejects(source(given), { name, message });
  assert.deepEqual((await readTable(csv)).columns, ["a", "b"]);
  await assert.rejects(source("/no/such/file.csv"), {
    name: "RangeError",
    message: "Cannot read /no/such/file.csv: there is no such file or folder",
  });
  const options = (given: unknown) => readTable(new Blob(["1,2"]), given as object);
  await assert.rejects(options({ labels: "x" }), /readTable has none of that name, .* label/);
  await assert.rejects(options({ format: "xls" }), RangeError);
  await assert.rejects(options({ delimiter: ",", decimal: "," }), {
    name: "RangeError",
    message: 'Cannot use decimal: "," is the delimiter, too, another mark is needed',
  });
  await assert.rejects(options({ delimiter: '"' }), RangeError);
  await assert.rejects(options({ label: -1 }), RangeError);
  await assert.rejects(options({ columns: "a" }), TypeError);
  await assert.rejects(options({ header: 1 }), TypeError);
  await assert.rejects(options({ encoding: "utf-9" }), /Cannot use the encoding "utf-9"/);
});

Deno.test("readTable() refuses options of the wrong kind, and names each", async () => {
  const text = new Blob(["a,b\n1,2\n"]);
  const wrong: [name: string, value: unknown, needed: RegExp][] = [
    ["columns", "a", /^Cannot use columns: .* an array is needed$/],
    ["columns", [["a"]], /^Cannot use columns: .* the name or index of a column is needed$/],
    ["exclude", 1, /^Cannot use exclude: .* an array is needed$/],
    ["exclude", [-1], /exclude/],
    ["exclude", [null], /^Cannot use exclude: .* the name or index of a column is needed$/],
    ["label", {}, /^Cannot use label: /],
    ["id", 0.5, /id/],
    ["missing", "?", /^Cannot use missing: .* an array is needed$/],
    ["missing", [0], /^Cannot use missing: .* a string is needed$/],
    ["header", "yes", /^Cannot use header: .* true or false is needed$/],
    ["channels", 4, /channels/],
    ["imageSize", { width: 4 }, /imageSize\.height/],
  ];
  for (const [name, value, message] of wrong) {
    await assert.rejects(readTable(text, { [name]: value }), { message }, name);
  }
});

Deno.test("readTable() tells a stream that is being read, and cells apart by spaces", async () => {
  const stream = new Blob(["a b\n1 2\n"]).stream();
  assert.deepEqual((await readTable(stream, { delimiter: " " })).x.shape, [1, 2]);
  await assert.rejects(readTable(stream), {
    name: "TypeError",
    message: /^Cannot read the stream: it is being read, or was, and can be read once/,
  });
  const hint = /"a b" holds text, such as "1 2" in line 2: the option delimiter names the mark/;
  await assert.rejects(readTable(new Blob(["a b\n1 2\n"])), hint);
});
