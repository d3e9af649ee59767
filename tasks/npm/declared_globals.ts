/** File of the declarations below, in each package that uses one. */
export const globalsFile = "globals.d.ts";

/** Names of the web that declarations mention, each with the parameters that its library gives it. */
const webTypes = ["AbortSignal", "Blob", "File", "ReadableStream", "URL"];

/**
 * Text of {@linkcode globalsFile}: for a program that has the types of no runtime, the names exist;
 * where they have members, nothing is added.
 */
export const globalsText = `export {};
declare global {
  interface AbortSignal {}
  interface Blob {}
  interface File {}
  interface ReadableStream<R = any> {}
  interface URL {}
}
`;

/**
 * Adds references to what a declaration file uses and the library of ES2022 lacks: `Disposable`, and
 * names of the web, its own or those of zod's declarations.
 *
 * @param text Text of a `.d.ts` file, as the compiler writes it.
 * @param toRoot Path from its folder to that of the package, such as `./` or `../`.
 * @returns The text, and true for `web` if it needs {@linkcode globalsFile}.
 */
export function referToGlobals(
  text: string,
  toRoot: string,
): { readonly text: string; readonly web: boolean } {
  const code = text.replace(/^\s*(\*|\/\*|\/\/).*$/gm, "");
  const disposable = /\bDisposable\b|\bSymbol\.dispose\b/.test(code);
  const web = new RegExp(`\\b(?:${webTypes.join("|")})\\b|"zod"`).test(code);
  const lines = [
    ...disposable ? [`/// <reference lib="esnext.disposable" />\n`] : [],
    ...web ? [`/// <reference path="${toRoot}${globalsFile}" />\n`] : [],
  ];
  return { text: lines.join("") + text, web };
}
