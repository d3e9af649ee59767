import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleScript, bundleScripts } from "./bundle_script.ts";

/** Writes modules into a folder, and gives the look their addresses. */
async function withModules(
  modules: readonly string[],
  look: (addresses: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = modules.map((_, at) => join(folder, `${at}.ts`));
    await Promise.all(paths.map((path, at) => Deno.writeTextFile(path, modules[at])));
    await look(paths.map((path) => pathToFileURL(path).href));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("bundleScripts() gives each source its own script, whatever their order and formats", async () => {
  await withModules(
    ["console.log('first')", "export const second = 2", "console.log('third')"],
    async ([first, second, third]) => {
      const scripts = await Promise.all(bundleScripts([
        { entry: third, format: "iife" },
        { entry: second, format: "cjs" },
        { entry: first, format: "iife" },
        { entry: third, format: "iife" },
      ]));
      assert.match(scripts[0], /third/);
      assert.match(scripts[1], /second.*module\.exports|module\.exports.*second/s);
      assert.match(scripts[2], /first/);
      assert.equal(scripts[3], scripts[0]);
      assert.equal(await bundleScript({ entry: first, format: "iife" }), scripts[2]);
    },
  );
});

Deno.test("bundleScripts() names the module that does not compile", async () => {
  await withModules(["console.log(1)", "const = 2"], async (entries) => {
    const sources = entries.map((entry) => ({ entry, format: "iife" }) as const);
    const results = await Promise.allSettled(bundleScripts(sources));
    for (const { status, ...rest } of results) {
      assert.equal(status, "rejected");
      const { reason } = rest as PromiseRejectedResult;
      assert(reason instanceof SyntaxError);
      assert.match(reason.message, /^Cannot bundle .*0\.ts.*1\.ts:1:/s);
    }
  });
});
