import type { LanguageInfo } from "../language/language.ts";

/** Returns the path of a page's file in a language. */
export function filePath(page: { readonly path: string }, language: LanguageInfo): string {
  return `${language.folder}${page.path}.html`;
}
