/// <reference lib="deno.unstable" />
import { join } from "node:path";

/** Name of the file. */
export const pageModule = "mixtape.js";

/**
 * Bundles all packages into one module of a page, for `<script type="module">`. WebGPU is left out:
 * a page that chooses it names `@tensorflow/tfjs-backend-webgpu` in its import map.
 *
 * @param root Path of the workspace.
 * @param out Path of the folder to write `mixtape.js` to.
 * @throws {SyntaxError} If a package does not compile.
 */
export async function writePageModule(root: string, out: string): Promise<void> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [join(root, "tasks/npm/all_packages.ts")],
    external: ["@tensorflow/tfjs-backend-webgpu"],
    platform: "browser",
    format: "esm",
    minify: true,
    write: false,
  });
  if (!success) {
    throw new SyntaxError(
      `Cannot bundle all packages: ${errors.map(({ text }) => text).join("; ")}`,
    );
  }
  await Deno.writeTextFile(join(out, pageModule), outputFiles[0].text());
}
