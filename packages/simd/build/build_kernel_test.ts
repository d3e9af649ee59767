import assert from "node:assert/strict";
import { distanceSums } from "../module/distance_sums.ts";
import { buildKernel, generatedSources, kernelNames, modulePath } from "./build_kernel.ts";
import { compileKernel } from "./compile_kernel.ts";
import { inspectModule } from "./inspect_module.ts";
import { writeModule } from "./write_module.ts";

const nop = 0x01;
const leave = 0x0f;

const ascii = (text: string) => [text.length, ...new TextEncoder().encode(text)];

/** A section of a WebAssembly module; its length takes two bytes, as those of a compiler may. */
function section(id: number, content: readonly number[]): number[] {
  return [id, content.length % 128 + 128, Math.floor(content.length / 128), ...content];
}

/** A module that exports two functions, and the memory that it imports. */
function moduleOf({ flag = 3, instruction = nop, imports = true, more = [] as number[] } = {}) {
  const start = [0, 97, 115, 109, 1, 0, 0, 0, ...section(1, [1, 0x60, 0, 0])];
  // Limits: one page at least, 65536 at most.
  const memory = [...ascii("env"), ...ascii("memory"), 2, flag, 1, 0x80, 0x80, 4];
  const body = [3, 0, instruction, 0x0b];
  const entries = [
    [...ascii("last"), 0, 1],
    ...imports ? [[...ascii("memory"), 2, 0]] : [],
    [...ascii("first"), 0, 0],
  ];
  const bytes = Uint8Array.of(
    ...start,
    ...imports ? section(2, [1, ...memory]) : [],
    ...section(3, [2, 0, 0]),
    ...section(7, [entries.length, ...entries.flat()]),
    ...section(10, [2, ...body, ...body]),
    ...more,
  );
  return { bytes, flagAt: start.length + 3 + 1 + 4 + 7 + 1 };
}

Deno.test("generatedSources() returns the files in kernels/generated/", () => {
  const sources = generatedSources();
  for (const [path, text] of sources) {
    assert.ok(Deno.readTextFileSync(path) === text, `${path}: run \`deno task simd:build\``);
  }
  const folder = `${import.meta.dirname}/../kernels/generated`;
  assert.equal([...Deno.readDirSync(folder)].length, sources.size);
});

Deno.test("kernelNames() lists the kernels that module/ holds", () => {
  const built = [...Deno.readDirSync(`${import.meta.dirname}/../module`)].map(({ name }) => name);
  assert.deepEqual(kernelNames().map((name) => `${name}.ts`), built.sort());
});

Deno.test("buildKernel() returns what module/ holds", async () => {
  assert.equal(
    await buildKernel("reduce"),
    await Deno.readTextFile(modulePath("reduce")),
    "run `deno task simd:build`",
  );
});

Deno.test("compileKernel() tells what the compiler says of a file that does not compile", async () => {
  await assert.rejects(compileKernel("kernels/none.ts", false), {
    name: "SyntaxError",
    message: /^Cannot compile kernels\/none\.ts: .*ERROR/s,
  });
});

Deno.test("writeModule() writes both builds, under the name in camel case", () => {
  const [plain, relaxed] = [distanceSums.plain, distanceSums.relaxed].map(({ base64 }) =>
    Uint8Array.fromBase64(base64)
  );
  const text = Deno.readTextFileSync(modulePath("distance_sums"));
  assert.equal(writeModule("distance_sums", plain, relaxed), text);
});

Deno.test("writeModule() writes one build for both only if every byte is the same", () => {
  const { bytes } = moduleOf();
  const isShared = (other: Uint8Array) =>
    writeModule("k", bytes, other).includes("const relaxed: KernelBuild = plain;");
  assert.ok(isShared(bytes.slice()));
  assert.ok(!isShared(moduleOf({ instruction: leave }).bytes));
  assert.ok(!isShared(moduleOf({ more: section(0, ascii("name")) }).bytes));
});

Deno.test("inspectModule() finds functions in their order, and the flag of the memory", () => {
  const { bytes, flagAt } = moduleOf();
  assert.deepEqual(inspectModule("k", bytes), {
    functions: ["last", "first"],
    memoryFlagAt: flagAt,
  });
});

Deno.test("inspectModule() refuses static data and memories that are not shared", () => {
  const long = section(0, [...ascii("long"), ...new Array(300).fill(0x7f)]);
  const data = [...long, ...section(11, [1, 0, 0x41, 0, 0x0b, 1, 5])];
  assert.throws(() => inspectModule("k", moduleOf({ more: data }).bytes), {
    name: "SyntaxError",
    message: /^Cannot accept kernel k: it has static data/,
  });
  for (const options of [{ flag: 1 }, { imports: false }]) {
    assert.throws(() => inspectModule("k", moduleOf(options).bytes), {
      name: "SyntaxError",
      message: "Cannot accept kernel k: its only import must be a shared memory",
    });
  }
});
