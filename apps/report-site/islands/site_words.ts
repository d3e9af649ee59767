import type { SiteLanguage } from "../language/language.ts";

/**
 * Addresses of texts of the site, for islands that show them.
 *
 * @param language Their language.
 * @param files Names of their files in its folder: `site`, which components of any page read, or that of a page.
 */
export function siteWords({ name }: SiteLanguage, ...files: readonly string[]): string[] {
  return files.map((file) => new URL(`../language/${name}/${file}.ts`, import.meta.url).href);
}
