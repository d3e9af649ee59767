import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The files that answers depend on: the code of experiments, packages and the queue, and the versions of what they import. */
const parts = ["experiments", "packages", "queue", "deno.lock", "data/manifest.json"];

/**
 * Returns a hash of the code from which answers follow: of the files as they lie there, committed or not, and of the
 * version of the engine.
 *
 * @returns 12 hexadecimal digits.
 */
export async function codeVersion(): Promise<string> {
  const hash = createHash("sha256").update(`${Deno.version.deno} ${Deno.version.v8}`);
  const paths = (await Promise.all(parts.map((part) => Array.fromAsync(filesIn(part))))).flat();
  for (const path of paths.sort()) {
    hash.update(`\n${path}\n`).update(await Deno.readFile(join(root, path)));
  }
  return hash.digest("hex").slice(0, 12);
}

async function* filesIn(path: string): AsyncGenerator<string> {
  if (/\.(lock|json)$/.test(path)) return yield path;
  for await (const { name, isDirectory } of Deno.readDir(join(root, path))) {
    if (isDirectory) {
      if (!/^(testing|fixtures|words|node_modules)$/.test(name)) yield* filesIn(`${path}/${name}`);
    } else if (/\.tsx?$/.test(name) && !/_(test|bench)\.tsx?$/.test(name)) yield `${path}/${name}`;
  }
}
