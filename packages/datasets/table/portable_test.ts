import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** Module graph as `deno info` tells it; types alone are no part of what runs. */
interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

interface Dependency {
  readonly code?: { readonly specifier?: string };
  readonly isDynamic?: boolean;
}

/** The one module that loads TensorFlow.js, once principal components are asked for. */
const LATER = "/preparation/with_matrix.ts";

/** Returns the modules that an entry point loads, at once or later, outside of npm packages. */
async function loaded(entry: string): Promise<string[]> {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", path],
    stderr: "null",
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as Graph;
  const bySpecifier = new Map(modules.map((module) => [module.specifier, module]));
  const found = new Set<string>();
  const visit = (specifier: string) => {
    if (found.has(specifier)) return;
    found.add(specifier);
    for (const { code, isDynamic } of bySpecifier.get(specifier)?.dependencies ?? []) {
      if (isDynamic && specifier.endsWith(LATER)) continue;
      if (code?.specifier !== undefined) visit(code.specifier);
    }
  };
  visit(new URL(entry, import.meta.url).href);
  return [...found];
}

for (const entry of ["./mod.ts", "../preparation/mod.ts"]) {
  Deno.test(`${entry} loads nothing of Node or Deno, nor of TensorFlow.js before it multiplies`, async () => {
    const modules = await loaded(entry);
    assert.ok(modules.length > 10, "the graph is followed");
    assert.deepEqual(modules.filter((name) => /^(node:|jsr:)|tfjs/.test(name)), []);
    for (const name of modules.filter((name) => name.startsWith("file:"))) {
      const code = (await Deno.readTextFile(new URL(name))).replace(/^\s*(\*|\/\/).*$/gm, "");
      assert.doesNotMatch(code, /\bDeno\./, name);
    }
  });
}
