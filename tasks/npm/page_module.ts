import { join } from "node:path";
import { bundleScript } from "../../apps/report-site/bundle_script.ts";

/** Name of the file. */
export const pageModule = "mixtape.js";

/**
 * Bundles all packages but that of WebGPU, which is large and takes an import of its own, into one
 * module of a page, for `<script type="module">`.
 *
 * @param out Path of the folder to write `mixtape.js` to.
 * @throws {SyntaxError} If a package does not compile.
 */
export async function writePageModule(out: string): Promise<void> {
  const code = await bundleScript({
    entry: import.meta.resolve("./all_packages.ts"),
    format: "esm",
  });
  await Deno.writeTextFile(join(out, pageModule), code);
}
