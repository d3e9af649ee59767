/**
 * Compiles `kernels/*.ts` (AssemblyScript) to `module/*.ts` (base64 in TypeScript), one WebAssembly
 * module a file, each with and without relaxed SIMD. Names as arguments limit it to those kernels;
 * `--check` compares instead of writing.
 */
import { parseArgs } from "node:util";
import { compileKernel } from "./build/compile_kernel.ts";
import { writeModule } from "./build/write_module.ts";

const folder = import.meta.dirname!;

function kernelNames(): string[] {
  return [...Deno.readDirSync(`${folder}/kernels`)]
    .filter((entry) => entry.isFile && entry.name.endsWith(".ts"))
    .map((entry) => entry.name.slice(0, -3)).sort();
}

/** The generated TypeScript of kernel `name`. */
async function build(name: string): Promise<string> {
  const file = `kernels/${name}.ts`;
  return writeModule(name, await compileKernel(file, false), await compileKernel(file, true));
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

const { values: { check }, positionals } = parseArgs({
  options: { check: { type: "boolean", default: false } },
  allowPositionals: true,
});
const stale: string[] = [];
for (const name of positionals.length > 0 ? positionals : kernelNames()) {
  const target = `${folder}/module/${name}.ts`;
  const text = await build(name);
  if (readText(target) === text) continue;
  stale.push(`module/${name}.ts`);
  if (!check) Deno.writeTextFileSync(target, text);
}
if (check && stale.length > 0) {
  throw new RangeError(
    `Cannot accept ${stale.join(", ")}: run \`deno task simd:build\` and commit`,
  );
}
