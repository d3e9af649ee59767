import asc from "assemblyscript/asc";

/** Folder that imports of kernels are resolved in. */
const root = `${import.meta.dirname}/../`;

/**
 * Compiles an AssemblyScript file to WebAssembly.
 *
 * `-O2`, not `-O3`: the latter nests unrolled multiply-adds into serial chains that spill.
 *
 * @param file Path of the file, relative to this package.
 * @param relaxed Value of `ASC_FEATURE_RELAXED_SIMD` in it.
 * @param read Returns the text of a file by its path relative to this package, or null if there is none.
 * @throws {SyntaxError} If the file does not compile.
 */
export async function compileKernel(
  file: string,
  relaxed: boolean,
  read: (path: string) => string | null = readSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const features = relaxed ? "simd,threads,relaxed-simd" : "simd,threads";
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main([
    file,
    ...["-O2", "--runtime", "stub", "--use", "abort=", "--enable", features],
    ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
    ...["--noExportMemory", "--outFile", "kernel.wasm"],
  ], {
    // The compiler takes no ending in `export *`.
    readFile: (name) => read(name)?.replace(/^(export \* from ".*)\.ts"/gm, '$1"') ?? null,
    writeFile: (_name, contents) => {
      bytes = contents as Uint8Array<ArrayBuffer>;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new SyntaxError(`Cannot compile ${file}: ${stderr.toString()}`);
  return bytes;
}

function readSource(path: string): string | null {
  try {
    return Deno.readTextFileSync(root + path);
  } catch {
    return null;
  }
}
