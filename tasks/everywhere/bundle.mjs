/**
 * Bundles small programs with each bundler, as it is without settings, from the folder of a project
 * that has the packages installed, and writes to `sizes.json` how many bytes each loads first,
 * minified and compressed by gzip.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

/** Loads a bundler of the project; the workspace, whose imports are checked, has none. */
const load = (name) => import(name);

const { build: esbuild } = await load("esbuild");
const { rspack } = await load("@rspack/core");
const { build: vite } = await load("vite");
const { default: webpack } = await load("webpack");

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
  async Vite(entry, outDir) {
    await vite({ logLevel: "error", build: { outDir, rollupOptions: { input: entry } } });
  },
  webpack: (entry, path) => pack(webpack, entry, path),
  Rspack: (entry, path) => pack(rspack, entry, path),
};

/** Runs webpack, or Rspack, which is called alike. Their warnings of large parts that load later are off. */
async function pack(bundler, entry, path) {
  const output = { path, filename: basename(entry) };
  const settings = { mode: "production", performance: false, entry, output };
  const stats = await new Promise((resolve, reject) =>
    bundler(settings, (error, stats) => error ? reject(error) : resolve(stats))
  );
  if (stats.hasErrors() || stats.hasWarnings()) throw new TypeError(stats.toString());
}

/** Adds up the compressed bytes of a module and of what it imports statically. */
function firstLoad(path, seen = new Set()) {
  if (seen.has(path)) return 0;
  seen.add(path);
  const code = readFileSync(path);
  const imported = [...code.toString().matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)];
  return imported.reduce(
    (sum, [, other]) => sum + firstLoad(join(dirname(path), other), seen),
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
      const name = readdirSync(folder, { recursive: true })
        .find((name) => basename(name).startsWith(`entry_${program}`) && name.endsWith(".js"));
      sizes[bundler][program] = firstLoad(join(folder, name));
    } catch (error) {
      sizes[bundler][program] = String(error);
    }
  }
}
writeFileSync("sizes.json", JSON.stringify(sizes));
