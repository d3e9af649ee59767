import assert from "node:assert/strict";
import { continues, isForWhole, originOf } from "./content_range.ts";

function response(status: number, headers: Record<string, string> = {}): Response {
  return new Response("x", { status, headers });
}

Deno.test("originOf() knows a file by its strong tag or its date, and by the size of all of it", () => {
  const date = "Sat, 01 Jan 2022 00:00:00 GMT";
  const dated = { "last-modified": date, "content-length": "70" };
  assert.deepEqual(originOf(response(200, { ...dated, etag: '"a"' })), {
    validator: '"a"',
    total: 70,
  });
  assert.deepEqual(originOf(response(200, { ...dated, etag: 'W/"a"' })), {
    validator: date,
    total: 70,
  });
  assert.deepEqual(originOf(response(200)), { validator: undefined, total: undefined });
  const packed = response(200, { "content-encoding": "gzip", "content-length": "70" });
  assert.equal(originOf(packed).total, undefined);
  const part = (range: string) =>
    originOf(response(206, { "content-range": range, "content-length": "7" })).total;
  assert.deepEqual([part("bytes 3-9/70"), part("bytes 3-9/*"), part("lines 3-9/70")], [
    70,
    undefined,
    undefined,
  ]);
});

Deno.test("continues() takes the rest of the same file from where it stopped, and nothing else", () => {
  const origin = { validator: '"a"', total: 10 };
  const rest = { "content-range": "bytes 4-9/10", etag: '"a"' };
  const takes = (
    headers: Record<string, string>,
    { status = 206, present = 4, of = origin } = {},
  ) => continues(response(status, headers), present, of);
  assert.ok(takes(rest));
  const unknown = { "content-range": "bytes 4-9/*" };
  for (const headers of [unknown, { ...unknown, etag: 'W/"b"' }]) assert.ok(takes(headers));
  assert.ok(takes(rest, { of: {} as typeof origin }));
  assert.ok(!takes(rest, { status: 200 }));
  for (const present of [3, 5]) assert.ok(!takes(rest, { present }));
  for (
    const headers of [
      {},
      { "content-range": "bytes 4-8/10" },
      { "content-range": "bytes 4-9/11" },
      { "content-range": "bytes 4-10/11" },
      { ...rest, etag: '"b"' },
      { ...rest, "content-encoding": "gzip" },
      { "content-range": "bytes 4-9/ten" },
    ]
  ) assert.ok(!takes(headers as Record<string, string>), JSON.stringify(headers));
});

Deno.test("isForWhole() takes a part only if it is all of the file", () => {
  const whole = (range: string) => isForWhole(response(206, { "content-range": range }));
  assert.ok(isForWhole(response(200)) && isForWhole(response(200, { "content-range": "x" })));
  assert.ok(whole("bytes 0-9/10"));
  for (const range of ["bytes 1-9/10", "bytes 0-8/10", "bytes 0-9/*", "none"]) {
    assert.ok(!whole(range), range);
  }
});
