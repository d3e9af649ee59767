/**
 * Compiles `kernels/*.ts` (AssemblyScript) to `module/*.ts` (base64 in TypeScript), one WebAssembly
 * module a file, each with and without relaxed SIMD. `--check` compares instead of writing.
 */
import asc from "assemblyscript/asc";
import { parseArgs } from "node:util";
import { writeModule } from "./build/write_module.ts";

const folder = import.meta.dirname!;

/** The WebAssembly bytes of one kernel file. */
async function compile(file: string, relaxed: boolean): Promise<Uint8Array> {
  const features = relaxed ? "simd,threads,relaxed-simd" : "simd,threads";
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main([
    file,
    ...["-O2", "--runtime", "stub", "--use", "abort=", "--enable", features],
    ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
    ...["--noExportMemory", "--outFile", "kernel.wasm"],
  ], {
    readFile: (name, base) => readSource(`${base}/${name}`),
    writeFile: (_name, contents) => {
      bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new SyntaxError(`Cannot compile ${file}: ${stderr.toString()}`);
  return bytes;
}

function readSource(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return null;
  }
}

function kernelNames(): string[] {
  return [...Deno.readDirSync(`${folder}/kernels`)]
    .filter((entry) => entry.isFile && entry.name.endsWith(".ts"))
    .map((entry) => entry.name.slice(0, -3)).sort();
}

/** The generated TypeScript of kernel `name`. */
async function build(name: string): Promise<string> {
  const file = `kernels/${name}.ts`;
  const relaxed = await compile(file, true);
  const plain = await compile(file, false);
  return writeModule(name, plain, relaxed);
}

const { values: { check }, positionals } = parseArgs({
  options: { check: { type: "boolean", default: false } },
  allowPositionals: true,
});
Deno.chdir(folder);
const names = positionals.length > 0 ? positionals : kernelNames();
const stale: string[] = [];
for (const name of names) {
  const target = `module/${name}.ts`;
  const text = await build(name);
  if (readSource(target) === text) continue;
  stale.push(target);
  if (!check) Deno.writeTextFileSync(target, text);
}
if (check && stale.length > 0) {
  throw new RangeError(
    `Cannot accept ${stale.join(", ")}: run \`deno task simd:build\` and commit`,
  );
}
