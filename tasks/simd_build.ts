/**
 * `deno task simd:build`: compiles the kernels of the `simd` backend.
 *
 * @module
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildKernel,
  generatedSources,
  kernelNames,
  modulePath,
} from "../packages/simd/build/build_kernel.ts";
import { print, readFlags, readName, run } from "./command_line.ts";
import { writeWhole } from "./write_whole.ts";

const folder = fileURLToPath(new URL("../packages/simd", import.meta.url));

const help =
  `Compiles the kernels of packages/simd to WebAssembly, kept as TypeScript in its module/, after writing
the AssemblyScript in its kernels/generated/.

Usage: deno task simd:build [kernels…] [flags]

  kernels     What to compile, all unless given
  --check     Compare with what is there instead of writing
  --help      Show this text`;

/** Compiles the kernels that a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({
    args,
    options: {
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return print(help);
  const known = kernelNames();
  const asked = positionals.map((name) => readName("kernel", name, known));
  const stale: string[] = [];
  async function keep(path: string, text: string): Promise<void> {
    if (await readIfThere(path) === text) return;
    stale.push(relative(folder, path));
    if (!values.check) await writeWhole(path, text);
  }
  for (const [path, text] of generatedSources()) await keep(path, text);
  for (const name of asked.length > 0 ? asked : known) {
    signal.throwIfAborted();
    await keep(modulePath(name), await buildKernel(name));
  }
  if (values.check && stale.length > 0) {
    throw new RangeError(
      `Cannot accept ${stale.join(", ")}: run \`deno task simd:build\` and commit`,
    );
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

if (import.meta.main) await run(main);
