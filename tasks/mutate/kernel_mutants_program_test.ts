import assert from "node:assert/strict";
import { join } from "node:path";
import { compileKernel } from "../../packages/simd/build/compile_kernel.ts";
import { inspectModule } from "../../packages/simd/build/inspect_module.ts";
import { mutate, type Tried } from "./mutate.ts";

const files: Readonly<Record<string, string>> = {
  "deno.json": `{ "tasks": { "test": "deno test --allow-read" } }`,
  "packages/simd/kernels/sums.ts": `
import { twice } from "./shared/twice.ts";
const bytesThatStay: i32 = 7;
export function sum(from: i32, to: i32): i32 {
  let sum = load<i32>(0);
  for (let i = from; i < to; i++) sum += twice(i);
  return sum;
}
`,
  "packages/simd/kernels/shared/twice.ts": `
// @ts-ignore: decorator
@inline
export function twice(i: i32): i32 {
  return i + i;
}
`,
  "packages/simd/kernels/generated/other.ts": `export const one = 1 + 1;`,
  "packages/simd/sums_test.ts": `
import { sums } from "./module/sums.ts";
function sum(from: number, to: number): number {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(Uint8Array.fromBase64(sums.plain.base64));
  return new WebAssembly.Instance(module, { env: { memory } }).exports.sum(from, to);
}
Deno.test("sum() of nothing", () => {
  if (sum(3, 3) !== 0) throw new RangeError("not 0");
});
Deno.test("sum() of twos", () => {
  if (sum(2, 3) !== 4) throw new RangeError("not 4");
});
`,
};

async function tried(root: string): Promise<Tried[]> {
  const read = (path: string) => files[`packages/simd/${path}`] ?? null;
  const bytes = await compileKernel("kernels/sums.ts", true, read);
  const build = JSON.stringify({
    memoryFlagAt: inspectModule("sums", bytes).memoryFlagAt,
    base64: bytes.toBase64(),
  });
  const module = `export const sums = { plain: ${build}, relaxed: ${build} };\n`;
  for (const [path, text] of Object.entries({ ...files, "packages/simd/module/sums.ts": module })) {
    await Deno.mkdir(join(root, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  }
  await new Deno.Command("git", { args: ["init", "--quiet"], cwd: root }).output();
  const operators = ["ArithmeticOperator", "EqualityOperator", "OperandExchange", "NumberStep"];
  return await mutate(root, { paths: ["packages/simd/kernels"], seed: 0, jobs: 2, operators });
}

Deno.test("mutate() builds kernels with changes that alter bytes, and runs the tests that read them", async () => {
  const root = await Deno.makeTempDir({ prefix: "mutate-test-" });
  try {
    const all = await tried(root);
    const verdicts = all.map(({ mutant: { original, replacement, line, file }, verdict }) => [
      `${file.split("/").at(-1)}:${line}`,
      `${original} → ${replacement}`,
      verdict.kind,
    ]);
    assert.deepEqual(verdicts, [
      ["twice.ts:5", "i + i → i - i", "noticed"],
      ["sums.ts:5", "0 → 1", "survived"],
      ["sums.ts:6", "i < to → i <= to", "noticed"],
      ["sums.ts:6", "i < to → i >= to", "noticed"],
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
