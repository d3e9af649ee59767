import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** Sizes by path of what many pages load. */
const known = new Map<string, number>();

/**
 * Weighs a page of a site with its stylesheets and all scripts that it loads, before images; for tests only.
 *
 * @param folder Folder of the exported site.
 * @param path Path of the page in the site.
 * @returns Size in bytes, each file compressed by itself.
 */
export function pageWeight(folder: string, path: string): number {
  const html = Deno.readTextFileSync(join(folder, path));
  const linked = [...html.matchAll(/(?:src|href)="([^"]*\.(?:css|js))"/g)]
    .map(([, link]) => compressedSize(join(folder, dirname(path), link)));
  return linked.reduce((sum, size) => sum + size, gzipSync(html).length);
}

function compressedSize(path: string): number {
  const size = known.get(path) ?? gzipSync(Deno.readFileSync(path)).length;
  known.set(path, size);
  return size;
}
