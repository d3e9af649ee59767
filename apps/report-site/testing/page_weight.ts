import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

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
    .map(([, link]) => Deno.readFileSync(join(folder, dirname(path), link)));
  return [html, ...linked].reduce((sum, content) => sum + gzipSync(content).length, 0);
}
