import type { SearchEntry } from "./search_entry.ts";

/** The part of what `deno doc --json` prints that entries are made from. */
export interface DocJson {
  /** The modules, by their addresses. */
  readonly nodes: Readonly<Record<string, { readonly symbols?: readonly DocSymbol[] }>>;
}

/** A name that a module exports. */
interface DocSymbol {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly declarationKind?: string;
    readonly jsDoc?: { readonly doc?: string };
  }[];
}

/** A module of a package that users import. */
export interface EntryModule {
  /** Its name, such as `@mixtape/datasets/table`. */
  readonly name: string;
  /** Its file, from the folder of the packages: `datasets/table/mod.ts`. */
  readonly file: string;
}

/**
 * Makes an entry of each name that modules export.
 *
 * @param json The description that `deno doc --json` prints of the modules.
 * @param modules The modules.
 */
export function apiEntries(json: DocJson, modules: readonly EntryModule[]): SearchEntry[] {
  return modules.flatMap(({ name: place, file }) => {
    const [, module] = Object.entries(json.nodes)
      .find(([address]) => address.endsWith(`/packages/${file}`)) ?? [];
    if (module === undefined) {
      throw new RangeError(`Cannot describe ${place}: deno doc says nothing of ${file}`);
    }
    return (module.symbols ?? []).flatMap(({ name, declarations: [declaration] }) =>
      declaration === undefined || declaration.declarationKind === "private" ? [] : [{
        href: `api/${file}/~/${name}.html`,
        title: name,
        place,
        kind: declaration.kind === "typeAlias" ? "type" : declaration.kind,
        summary: firstSentence(declaration.jsDoc?.doc ?? ""),
      }]
    );
  });
}

/**
 * Returns the first sentence of a comment, on one line, without its markup.
 *
 * @param doc The comment, in Markdown with the links of TSDoc.
 */
export function firstSentence(doc: string): string {
  const plain = doc.split(/\n\s*\n/)[0].replace(/\{@link(?:code|plain)? +([^}|\s]+)[^}]*\}/g, "$1")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll("`", "").replace(/\s+/g, " ").trim();
  return /^.*?[.:](?= [A-Z(]|$)/.exec(plain)?.[0] ?? plain;
}
