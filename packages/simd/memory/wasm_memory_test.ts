import assert from "node:assert/strict";
import { WasmMemory } from "./wasm_memory.ts";

for (const shared of [true, false]) {
  Deno.test(`WasmMemory grows (${shared ? "shared" : "unshared"}) and keeps what it holds`, () => {
    const memory = new WasmMemory({ shared });
    const { address, length } = memory.place(Float32Array.of(1, 2, 3));
    const before = memory.buffer;
    const large = memory.allocate(50 << 20);
    memory.uint8(large, 50 << 20).fill(7);
    assert.notEqual(memory.buffer, before);
    assert.ok(memory.owns(before) && memory.owns(memory.buffer));
    assert.deepEqual([...memory.float32(address, length)], [1, 2, 3]);
  });
}

Deno.test("WasmMemory does not grow for what comes and goes", () => {
  const memory = new WasmMemory({ shared: true });
  for (let i = 0; i < 10_000; i++) memory.free(memory.allocate(1 + (i * 7919) % (12 << 20)));
  assert.equal(memory.buffer.byteLength, 16 << 20);
  assert.equal(memory.heldRegions, 0);
});

Deno.test("WasmMemory says what was asked and what is held when it is exhausted", () => {
  const memory = new WasmMemory({ shared: true, maximumPages: 512 });
  memory.allocate(20 << 20);
  assert.throws(() => memory.allocate(20 << 20), {
    name: "RangeError",
    message: "Cannot allocate 20.0 MiB: 20.0 MiB of at most 32.0 MiB are held by 1 arrays, " +
      "dispose of tensors or work in batches",
  });
  assert.equal(memory.heldRegions, 1);
  memory.allocate(11 << 20);
});

Deno.test("WasmMemory reaches addresses above 2 GiB", () => {
  const memory = new WasmMemory({ shared: true });
  memory.allocate(3 * 2 ** 30);
  const { address } = memory.place(Int32Array.of(5, 6));
  assert.ok(address > 2 ** 31);
  assert.deepEqual([...memory.int32(address, 2)], [5, 6]);
});

Deno.test("WasmMemory holds 4 GiB but for 64 bytes, and says so where more is asked for", () => {
  const memory = new WasmMemory({ shared: true });
  memory.allocate(3 * 2 ** 30);
  assert.throws(() => memory.allocate(2 ** 31), {
    name: "RangeError",
    message: "Cannot allocate 2048.0 MiB: 3072.0 MiB of at most 4096.0 MiB are held by 1 arrays, " +
      "dispose of tensors or work in batches",
  });
  assert.throws(() => memory.allocate(2 ** 33), /^RangeError: Cannot allocate 8192\.0 MiB/);
  assert.throws(() => memory.allocate(2 ** 38), /^RangeError: Cannot allocate 262144\.0 MiB/);
  const rest = 2 ** 30 - 4096 - 64;
  const last = memory.allocate(rest);
  memory.uint8(last, rest)[rest - 1] = 1;
  assert.throws(() => memory.allocate(64), RangeError);
  memory.free(last);
  assert.equal(memory.allocate(64), last);
});

Deno.test("WasmMemory refuses to free an address twice", () => {
  const memory = new WasmMemory({ shared: false });
  const address = memory.allocate(8);
  memory.free(address);
  assert.throws(() => memory.free(address), RangeError);
});

Deno.test("WasmMemory says that memory is exhausted where only the last 64 bytes are missing", () => {
  const memory = new WasmMemory({ shared: true });
  memory.allocate(3 * 2 ** 30);
  assert.throws(() => memory.allocate(2 ** 30 - 4096), /^RangeError: Cannot allocate 1024\.0 MiB/);
  assert.equal(memory.heldRegions, 1);
  memory.allocate(2 ** 30 - 4096 - 64);
});

Deno.test("WasmMemory says what it needs where so many addresses cannot be reserved", () => {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class {
    constructor() {
      throw new RangeError("WebAssembly.Memory(): could not allocate memory");
    }
  } as unknown as typeof Memory;
  try {
    assert.throws(() => new WasmMemory({ shared: true }), {
      name: "RangeError",
      message: /^Cannot reserve a memory that may grow to 4096\.0 MiB: .* a smaller maximumBytes$/,
    });
  } finally {
    WebAssembly.Memory = Memory;
  }
});

Deno.test("WasmMemory that is retired keeps what it holds, and takes part in nothing else", () => {
  const memory = new WasmMemory({ shared: true });
  const { address } = memory.place(Float32Array.of(1, 2));
  memory.retire("worker 1 ended");
  assert.throws(() => memory.allocate(8), /^WorkerLostError: Cannot go on: worker 1 ended in an/);
  assert.throws(() => memory.float32(address, 2), /^WorkerLostError/);
  assert.deepEqual([...memory.salvage(address, 2)], [1, 2]);
  memory.free(address);
  assert.equal(memory.heldRegions, 0);
});

Deno.test("WasmMemory takes back what was borrowed, also where its use fails", () => {
  const memory = new WasmMemory({ shared: false });
  assert.equal(memory.borrow(8, (address) => address), 4096);
  assert.equal(memory.heldRegions, 0);
  const failing = () => {
    throw new RangeError("a test");
  };
  assert.throws(() => memory.borrow(8, failing), /^RangeError: a test/);
  assert.equal(memory.heldRegions, 0);
});

Deno.test("WasmMemory grows by 16 MiB or a quarter at least, by less where no more is left", () => {
  const pages = ({ buffer }: WasmMemory) => buffer.byteLength / 65536;
  const roomy = new WasmMemory({ shared: true });
  roomy.allocate(17 << 20);
  assert.equal(pages(roomy), 512);
  roomy.allocate(150 << 20);
  const before = pages(roomy);
  roomy.allocate(32 << 20);
  assert.equal(pages(roomy), before + (before >> 2));
  const narrow = new WasmMemory({ shared: true, maximumPages: 300 });
  narrow.allocate(17 << 20);
  assert.equal(pages(narrow), 300);
});
