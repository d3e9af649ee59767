/**
 * Bundles small programs with esbuild, from the folder of a project that has the packages
 * installed, and writes to `sizes.json` how many bytes each loads first, minified and compressed by gzip.
 */
import { build as esbuild } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const programs = {
  auroc: `import { auroc } from "@mixtape/ood/measures"; globalThis.result = auroc([2], [1]);`,
  purity:
    `import { purity } from "@mixtape/clustering/measures"; globalThis.result = purity([1], [1]);`,
  kMeans: `import { kMeans } from "@mixtape/clustering"; globalThis.result = kMeans;`,
};

const bundlers = {
  async esbuild(entry, outdir) {
    await esbuild({
      entryPoints: [entry],
      outdir,
      bundle: true,
      splitting: true,
      minify: true,
      format: "esm",
      target: "es2022",
      logLevel: "error",
    });
  },
};

/** Adds up the compressed bytes of a module and of what it imports statically. */
function firstLoad(folder, name, seen = new Set()) {
  if (seen.has(name)) return 0;
  seen.add(name);
  const code = readFileSync(join(folder, name));
  const imported = [...code.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)];
  return imported.reduce(
    (sum, [, other]) => sum + firstLoad(folder, other, seen),
    gzipSync(code, { level: 9 }).length,
  );
}

const sizes = {};
for (const [bundler, build] of Object.entries(bundlers)) {
  sizes[bundler] = {};
  for (const [program, code] of Object.entries(programs)) {
    const entry = resolve(`entry_${program}.js`);
    writeFileSync(entry, code);
    const folder = resolve("bundles", bundler, program);
    try {
      await build(entry, folder);
      const name = readdirSync(folder).find((name) => name.includes(program) && /js$/.test(name));
      sizes[bundler][program] = firstLoad(folder, name);
    } catch (error) {
      sizes[bundler][program] = String(error);
    }
  }
}
writeFileSync("sizes.json", JSON.stringify(sizes));
