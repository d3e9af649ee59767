/**
 * Returns the packages that a compiled module imports, by static imports, `import()`, or in its
 * types: for `@scope/name/part` that is `@scope/name`. Modules built into Node.js are left out.
 *
 * @param text Text of a `.js` or `.d.ts` file, as the compiler writes it.
 * @returns Each specifier of another package and the name of the package.
 */
export function importedPackages(
  text: string,
): { readonly specifier: string; readonly name: string }[] {
  const code = text.replace(/^\s*(\*|\/\*|\/\/).*$/gm, "");
  const found = [...code.matchAll(/(?<!")\b(?:from|import)\s*\(?\s*"([^".][^"]*)"/g)];
  return found.map(([, specifier]) => specifier)
    .filter((specifier) => !specifier.startsWith("node:"))
    .map((specifier) => ({ specifier, name: /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0] }));
}

/**
 * Renames the modules that a declaration file imports from `x.ts` to `x.js`, as the compiler does in
 * code only.
 *
 * @param text Text of a `.d.ts` file, as the compiler writes it.
 * @returns The text with the names of compiled modules.
 */
export function compiledImports(text: string): string {
  return text.replace(
    /^(?!\s*(?:\*|\/)).*$/gm,
    (line) => line.replace(/((?:\bfrom |\bimport\()"\.[^"]*)\.ts"/g, '$1.js"'),
  );
}
