import fc from "fast-check";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readIdx, writeIdx } from "./idx.ts";

const small = writeIdx({ shape: [2, 3], values: new Uint8Array([1, 2, 3, 4, 5, 6]) });

function gzip(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}

function withByte(bytes: Uint8Array, index: number, value: number): Uint8Array {
  const copy = bytes.slice();
  copy[index] = value;
  return copy;
}

Deno.test("writeIdx() writes the header that the format prescribes", () => {
  assert.deepEqual([...small], [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
});

Deno.test("writeIdx() rejects a shape that does not fit", () => {
  const values = new Uint8Array(4);
  assert.throws(() => writeIdx({ shape: [3], values }), {
    name: "RangeError",
    message: "Cannot write an IDX file: its shape [3] needs 3 values, 4 were given",
  });
  assert.throws(() => writeIdx({ shape: [], values }), RangeError);
  assert.throws(() => writeIdx({ shape: [-4], values }), RangeError);
  assert.throws(() => writeIdx({ shape: [1.5], values }), RangeError);
  const none = new Uint8Array(0);
  const bounds = "1 to 8 whole numbers from 0 to 4294967295 are needed";
  for (const shape of [[0, 2 ** 32], [0, ...Array(8).fill(1)], []]) {
    const message = `Cannot write an IDX file: its shape is [${shape}], ${bounds}`;
    assert.throws(() => writeIdx({ shape, values: none }), { name: "RangeError", message });
  }
});

Deno.test("readIdx() reads the largest sizes and the most dimensions that writeIdx() takes", async () => {
  for (const shape of [[0, 2 ** 32 - 1], [2, 1, 1, 1, 1, 1, 1, 2], [3]]) {
    const values = Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1);
    for (const file of [writeIdx({ shape, values }), gzip(writeIdx({ shape, values }))]) {
      assert.deepEqual(await readIdx(file), { shape, values });
    }
  }
});

Deno.test("readIdx() gives back what writeIdx() wrote, compressed or not (property)", async () => {
  const arrays = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc.record({
      shape: fc.constant(shape),
      values: fc.uint8Array({ minLength: length, maxLength: length }),
    });
  });
  await fc.assert(
    fc.asyncProperty(arrays, fc.boolean(), async (array, compressed) => {
      const file = writeIdx(array);
      const read = await readIdx(compressed ? gzip(file) : file);
      assert.deepEqual(read.shape, array.shape);
      assert.deepEqual([...read.values], [...array.values]);
    }),
    { seed: 0 },
  );
});

Deno.test("readIdx() rejects every file cut short or with trailing bytes (property)", async () => {
  const cuts = fc.integer({ min: 0, max: small.length - 1 });
  await fc.assert(fc.asyncProperty(cuts, fc.boolean(), async (length, compressed) => {
    const file = small.slice(0, length);
    await assert.rejects(readIdx(compressed ? gzip(file) : file), SyntaxError);
  }));
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 9 }), async (tail) => {
    const longer = new Uint8Array([...small, ...tail]);
    await assert.rejects(readIdx(longer), SyntaxError);
    await assert.rejects(readIdx(gzip(longer)), RangeError);
    // Zeros may pad a gzip file.
    const after = tail.with(0, tail[0] || 1);
    await assert.rejects(readIdx(new Uint8Array([...gzip(small), ...after])), SyntaxError);
  }));
});

Deno.test("readIdx() rejects every change of a header byte (property)", async () => {
  const changes = fc.record({ index: fc.nat({ max: 11 }), xor: fc.integer({ min: 1, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), async ({ index, xor }, compressed) => {
      const file = withByte(small, index, small[index] ^ xor);
      await assert.rejects(
        readIdx(compressed ? gzip(file) : file),
        (error) => error instanceof SyntaxError || error instanceof RangeError,
      );
    }),
    { seed: 0 },
  );
});

Deno.test("readIdx() rejects every gzip file cut short, and damage in its content", async () => {
  const file = gzip(small);
  for (let length = 2; length < file.length; length++) {
    await assert.rejects(readIdx(file.slice(0, length)), SyntaxError, `cut to ${length}`);
  }
  for (let index = 10; index < file.length; index++) {
    const damaged = withByte(file, index, file[index] ^ 0x10);
    await assert.rejects(
      readIdx(damaged),
      (error) => error instanceof SyntaxError || error instanceof RangeError,
      `byte ${index}`,
    );
  }
});

const members = fc.array(fc.nat({ max: small.length }), { maxLength: 4 }).map((cuts) => {
  const ends = [0, ...cuts, small.length].sort((a, b) => a - b);
  return ends.slice(1).map((end, i) => gzip(small.subarray(ends[i], end)));
});

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

Deno.test("readIdx() reads all members of a gzip file, and zeros after the last (property)", async () => {
  await fc.assert(
    fc.asyncProperty(members, fc.nat({ max: 600 }), async (parts, zeros) => {
      const { values } = await readIdx(joined(...parts, new Uint8Array(zeros)));
      assert.deepEqual([...values], [1, 2, 3, 4, 5, 6]);
    }),
    { seed: 0 },
  );
});

Deno.test("readIdx() refuses members cut short and bytes after the last one (property)", async () => {
  const name = "pixels";
  const message = "Cannot read pixels: it begins like a gzip file, but is cut short, damaged, " +
    "or has something after its end";
  const second = gzip(new Uint8Array());
  for (let length = 1; length < second.length; length++) {
    const cut = joined(gzip(small), second.subarray(0, length));
    await assert.rejects(readIdx(cut, { name }), { name: "SyntaxError", message });
  }
  const tail = fc.uint8Array({ minLength: 1, maxLength: 40 }).filter((bytes) =>
    bytes.some(Boolean)
  );
  await fc.assert(
    fc.asyncProperty(members, fc.nat({ max: 9 }), tail, async (parts, zeros, after) => {
      const longer = joined(...parts, new Uint8Array(zeros), after);
      await assert.rejects(readIdx(longer, { name }), { name: "SyntaxError", message });
    }),
    { seed: 0 },
  );
});

Deno.test("readIdx() stops a bomb that is in a later member", async () => {
  const bomb = joined(gzip(small), gzip(new Uint8Array(2 ** 24)));
  bomb[bomb.length - 8] ^= 1;
  await assert.rejects(readIdx(bomb, { name: "bomb" }), {
    name: "RangeError",
    message: "Cannot read bomb: 18 bytes were expected, it decompresses to more",
  });
});

Deno.test("readIdx() reads members as gzip(1) writes them one after the other", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const halves = [small.subarray(0, 7), small.subarray(7)];
    const files = halves.map((_, i) => `${folder}/${i}`);
    await Promise.all(files.map((file, i) => Deno.writeFile(file, halves[i])));
    const { stdout } = await new Deno.Command("gzip", { args: ["-c", ...files] }).output();
    assert.deepEqual([...(await readIdx(stdout)).values], [1, 2, 3, 4, 5, 6]);
  } catch (error) {
    // Not every machine has gzip; the members of node:zlib above have the same form.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readIdx() names the file and what was expected", async () => {
  const name = "train-labels";
  const cases: [Uint8Array, string][] = [
    [
      new Uint8Array(),
      "Cannot read train-labels: its magic number is missing, an IDX file of bytes begins with " +
      "00 00 08 and the number of dimensions, 1 to 8",
    ],
    [
      new TextEncoder().encode("<html>"),
      "Cannot read train-labels: its magic number is 3c 68 74 6d, an IDX file of bytes begins " +
      "with 00 00 08 and the number of dimensions, 1 to 8",
    ],
    [
      withByte(small, 2, 0x0d),
      "Cannot read train-labels: it holds 32-bit floats, unsigned bytes (0x08) are needed",
    ],
    ...Object.entries({
      9: "signed bytes",
      11: "16-bit integers",
      12: "32-bit integers",
      14: "64-bit floats",
      10: "type 0x0a",
    }).map(([type, holds]): [Uint8Array, string] => [
      withByte(small, 2, Number(type)),
      `Cannot read train-labels: it holds ${holds}, unsigned bytes (0x08) are needed`,
    ]),
    ...[[0, 1, "01 00 08 02"], [1, 1, "00 01 08 02"], [3, 9, "00 00 08 09"]].map((
      [at, byte, magic],
    ): [Uint8Array, string] => [
      withByte(small, Number(at), Number(byte)),
      `Cannot read train-labels: its magic number is ${magic}, an IDX file of bytes begins with ` +
      "00 00 08 and the number of dimensions, 1 to 8",
    ]),
    [
      small.slice(0, 11),
      "Cannot read train-labels: its header of 2 dimensions needs 12 bytes, it has 11",
    ],
    [
      withByte(small, 7, 3),
      "Cannot read train-labels: its header of shape [3,3] announces 21 bytes, it has 18 (cut short)",
    ],
    [
      withByte(small, 7, 1),
      "Cannot read train-labels: its header of shape [1,3] announces 15 bytes, it has 18 " +
      "(bytes after the end)",
    ],
    [
      gzip(small).slice(0, 20),
      "Cannot read train-labels: it begins like a gzip file, but is cut short, damaged, " +
      "or has something after its end",
    ],
  ];
  for (const [bytes, message] of cases) {
    await assert.rejects(readIdx(bytes, { name }), { name: "SyntaxError", message });
  }
});

Deno.test("readIdx() stops a decompression bomb at the size its header announces", async () => {
  const bomb = new Uint8Array(16 * 2 ** 20);
  bomb.set(small);
  const file = gzip(bomb);
  // Whoever decompressed it to the end would complain of the checksum instead.
  file[file.length - 8] ^= 1;
  await assert.rejects(readIdx(file, { name: "bomb" }), {
    name: "RangeError",
    message: "Cannot read bomb: 18 bytes were expected, it decompresses to more",
  });
});

Deno.test("readIdx() does not believe a header that announces more than there is", async () => {
  const huge = withByte(withByte(small, 4, 0xff), 8, 0xff);
  await assert.rejects(readIdx(huge, { name: "huge" }), {
    name: "RangeError",
    message: /^Cannot read huge: its header announces \d+ bytes, at most 1073741824 are allowed$/,
  });
  const large = withByte(small, 5, 0x10);
  await assert.rejects(readIdx(gzip(large), { name: "large" }), {
    name: "SyntaxError",
    message: /^Cannot read large: 3145746 bytes were expected, its \d+ compressed bytes cannot/,
  });
});

Deno.test("readIdx() allows as many bytes as it is told, compressed or not", async () => {
  for (const file of [small, gzip(small)]) {
    assert.equal((await readIdx(file, { maxBytes: 18 })).values.length, 6);
    await assert.rejects(readIdx(file, { maxBytes: 17 }), {
      name: "RangeError",
      message: "Cannot read an IDX file: its header announces 18 bytes, at most 17 are allowed",
    });
  }
  const huge = writeIdx({ shape: [1], values: new Uint8Array(1) });
  new DataView(huge.buffer).setUint32(4, 2 ** 30 - 7);
  await assert.rejects(readIdx(huge), /announces 1073741825 bytes, at most 1073741824 are allowed/);
});
