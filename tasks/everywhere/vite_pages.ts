import { join } from "node:path";
import { runProgram } from "../run_program.ts";
import { node22, type Project } from "./project.ts";

/**
 * Builds a page of each lone program with Vite as it is, without settings.
 *
 * @param project The project.
 * @param site Folder of the pages: that of `alone/name` is written to `alone/name/index.html`.
 * @param signal Stops it.
 */
export async function buildVitePages(
  { folder, alone }: Project,
  site: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { name } of alone) {
    const source = join(folder, `vite_${name.replace("/", "_")}`);
    await Deno.mkdir(source);
    await Deno.copyFile(join(folder, `${name}.mjs`), join(source, "main.js"));
    await Deno.writeTextFile(
      join(source, "index.html"),
      `<!doctype html><title>Vite</title><script type="module" src="/main.js"></script>`,
    );
    const out = ["--base", "./", "--outDir", join(site, name), "--logLevel", "warn"];
    await runProgram(
      "npm",
      [...node22, "node_modules/vite/bin/vite.js", "build", source, ...out],
      folder,
      signal,
    );
  }
}
