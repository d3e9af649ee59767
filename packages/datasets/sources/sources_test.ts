import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { type Random, random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import {
  allBytes,
  blobSource,
  type ByteSource,
  bytesSource,
  chunksSource,
  joinChunks,
} from "./byte_source.ts";
import { encodedText, splitHead } from "./encoding.ts";
import { fileSource } from "./file_system.ts";
import { gunzipSource, isGzip } from "./gunzip.ts";

const MEBIBYTE = 2 ** 20;

function drawBytes(source: Random, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, () => source.integer(256));
}

/** Gives bytes in pieces, all in one buffer that is used again, and counts how often it was closed. */
async function* pieces(
  bytes: Uint8Array,
  size: number,
  closed = { times: 0 },
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size);
  try {
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size);
      buffer.set(piece);
      yield await Promise.resolve(buffer.subarray(0, piece.length));
    }
  } finally {
    closed.times++;
  }
}

function same(actual: Uint8Array, expected: Uint8Array): void {
  assert.equal(Buffer.compare(actual, expected), 0, `${actual.length} ${expected.length}`);
}

Deno.test("sources of every kind give the same bytes, in pieces and at any place", async () => {
  const source = random(testSeed());
  const path = await Deno.makeTempFile();
  for (const length of [0, 5, MEBIBYTE, MEBIBYTE + 1]) {
    const bytes = length > 9
      ? new Uint8Array(length).fill(7, length - 3)
      : drawBytes(source, length);
    await Deno.writeFile(path, bytes);
    const kinds: [ByteSource, size: number | undefined, canSeek: boolean][] = [
      [bytesSource(bytes, "t"), length, true],
      [blobSource(new Blob([bytes]), "t"), length, true],
      [await fileSource(path), length, true],
      [chunksSource(pieces(bytes, 999), "t"), undefined, false],
      [chunksSource(pieces(bytes, 999), "t", length), length, false],
    ];
    for (const [kind, size, canSeek] of kinds) {
      assert.deepEqual([kind.size, kind.canSeek], [size, canSeek]);
      for (const [start, end] of [[0, 3], [2, 5], [length - 2, length + 9], [length, length + 1]]) {
        if (start >= 0) same(await kind.slice(start, end), bytes.slice(start, end));
      }
      const lengths: number[] = [];
      const read: Uint8Array[] = [];
      for await (const chunk of kind.chunks()) {
        lengths.push(chunk.length);
        read.push(chunk.slice());
      }
      same(new Uint8Array(await new Blob(read as BlobPart[]).arrayBuffer()), bytes);
      if (canSeek) {
        assert.ok(lengths.every((one) => one > 0 && one <= MEBIBYTE), `${lengths}`);
        same(await allBytes(kind), bytes);
      }
    }
    const [bytesInMemory] = kinds;
    const chunks = await Array.fromAsync(bytesInMemory[0].chunks());
    assert.equal(chunks.length, Math.ceil(length / MEBIBYTE));
    same(await allBytes(chunksSource(pieces(bytes, 999), "t")), bytes);
    same(await joinChunks(pieces(bytes, 99_999)), bytes);
  }
  await Deno.remove(path);
});

Deno.test("splitHead() property: gives what begins a stream and all of it, and closes it", async () => {
  const source = random(testSeed());
  for (let trial = 0; trial < 40; trial++) {
    const bytes = drawBytes(source, source.integer(30));
    const [size, step] = [source.integer(20), 1 + source.integer(9)];
    const closed = { times: 0 };
    const { head, rest } = await splitHead(pieces(bytes, step, closed), size);
    assert.equal(head.length, Math.min(bytes.length, Math.ceil(size / step) * step));
    same(head, bytes.subarray(0, head.length));
    if (trial % 2 === 0) same(await joinChunks(rest), bytes);
    else for await (const _ of rest) break;
    assert.equal(closed.times, 1);
  }
});

/** Encodes text as UTF-16. */
function utf16(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittle);
  return new Uint8Array(view.buffer);
}

Deno.test("encodedText() finds UTF-16 by its mark or its zeros, takes marks out, and keeps bytes of other encodings", async () => {
  const read = async (bytes: Uint8Array, step: number, label?: string) => {
    const { encoding, chunks } = await encodedText(pieces(bytes, step), label);
    return [
      encoding,
      new TextDecoder(encoding, { ignoreBOM: true }).decode(await joinChunks(chunks)),
    ];
  };
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const text = `größe,b\n${"1,2\n".repeat(400)}`;
  const cases: [Uint8Array, string, string, label?: string][] = [
    [utf8(text), "utf-8", text],
    [utf8(`\ufeff${text}`), "utf-8", text],
    [utf8(`a\ufeff`), "utf-8", "a\ufeff"],
    [Uint8Array.of(0xff, 0xfd, 65), "utf-8", "\ufffd\ufffdA"],
    [Uint8Array.of(0xfe, 0xfe, 65), "utf-8", "\ufffd\ufffdA"],
    [Uint8Array.of(0xe4, 0xa4), "windows-1252", "ä¤", "latin1"],
    [Uint8Array.of(0x82, 0xa0, 65), "utf-8", "あA", "shift_jis"],
    ...[true, false].flatMap((isLittle): [Uint8Array, string, string, string?][] => [
      [utf16(text, isLittle), "utf-8", text],
      [utf16(`\ufeff${text}`, isLittle), "utf-8", text],
      [utf16(`\ufeffдлинное`, isLittle), "utf-8", "длинное"],
      [utf16("дл", isLittle), "utf-8", "дл", isLittle ? "utf-16le" : "utf-16be"],
    ]),
  ];
  for (const [bytes, encoding, expected, label] of cases) {
    for (const step of [1, 3, 4000]) {
      assert.deepEqual(
        await read(bytes, step, label),
        [encoding, expected],
        `${bytes.slice(0, 9)}`,
      );
    }
  }
  // Ten pairs: more than seven zeros on one side and none on the other.
  for (const isLittle of [true, false]) {
    for (const [zeros, others, isFound] of [[8, 0, true], [7, 0, false], [8, 1, false]] as const) {
      const bytes = new Uint8Array(21).fill(65);
      for (let i = 0; i < zeros; i++) bytes[2 * i + Number(isLittle)] = 0;
      if (others > 0) bytes[18 + Number(!isLittle)] = 0;
      const [, shown] = await read(bytes, 50);
      assert.equal(shown.startsWith("AAAAAAAA"), isFound, `${zeros} ${others} ${isLittle}`);
    }
  }
  await assert.rejects(read(utf8("a"), 9, "utf-9"), {
    name: "RangeError",
    message: /^Cannot use the encoding "utf-9": there is none of that name, one that TextDecoder/,
  });
});

Deno.test("gunzipSource() decompresses all members, however they are cut, and refuses damage", async () => {
  assert.ok(isGzip(Uint8Array.of(0x1f, 0x8b)) && !isGzip(Uint8Array.of(0x1f)));
  assert.ok(!isGzip(Uint8Array.of(0x1f, 0x8a)) && !isGzip(Uint8Array.of(0x1e, 0x8b)));
  const bytes = drawBytes(random(testSeed()), 300_000);
  const parts = [bytes.subarray(0, 250_000), bytes.subarray(250_000)].map((part) => gzipSync(part));
  const file = new Uint8Array(Buffer.concat(parts));
  for (const step of [999, 20_000, 400_000]) {
    const source = gunzipSource(chunksSource(pieces(file, step), "t.csv.GZ"));
    assert.deepEqual([source.name, source.size, source.canSeek], ["t.csv", undefined, false]);
    same(await allBytes(source), bytes);
  }
  const damaged = [file.subarray(0, -1), file.with(file.length - 5, file.at(-5)! ^ 1)];
  for (const other of damaged) {
    await assert.rejects(allBytes(gunzipSource(bytesSource(other, "t.gz"))), {
      name: "SyntaxError",
      message: "Cannot read t.gz: it begins like a gzip file, but is cut short, damaged, " +
        "or has something after its end",
    });
  }
  // A reader that stops early closes what it reads from.
  const closed = { times: 0 };
  const source = gunzipSource(chunksSource(pieces(file, 999, closed), "t.gz"));
  for await (const _ of source.chunks()) break;
  assert.equal(closed.times, 1);
});

Deno.test("fileSource() gives what a file still holds that was cut short after it was opened", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, Uint8Array.from({ length: 10 }, (_, i) => i));
    const source = await fileSource(path);
    await Deno.truncate(path, 4);
    assert.deepEqual(await source.slice(1, 10), Uint8Array.of(1, 2, 3));
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a Blob is asked for a piece at a time, and not for its stream, which may be one chunk", async () => {
  const asked: number[] = [];
  class WatchedBlob extends Blob {
    override slice(start = 0, end = this.size): Blob {
      asked.push(end - start);
      return super.slice(start, end);
    }
    override stream(): never {
      throw new TypeError("all at once");
    }
  }
  const blob = new WatchedBlob([new Uint8Array(5 * MEBIBYTE + 3)]);
  const lengths: number[] = [];
  for await (const chunk of blobSource(blob, "t").chunks()) {
    lengths.push(chunk.length);
    assert.equal(asked.length, lengths.length, "each when it is wanted");
  }
  assert.deepEqual(lengths, [...new Array(5).fill(MEBIBYTE), 3]);
  assert.ok(asked.every((bytes) => bytes <= MEBIBYTE));
});
