import { lexer, type Token, walkTokens } from "marked";

/** The part of what `deno doc --json` prints that JSR's score looks at. */
export interface ModuleDocs {
  /** The modules, by their addresses. */
  readonly nodes: Readonly<Record<string, ModuleDoc>>;
}

interface ModuleDoc {
  readonly module_doc?: Comment;
  readonly symbols?: readonly {
    readonly name: string;
    readonly declarations: readonly {
      readonly kind: string;
      readonly declarationKind?: string;
      readonly jsDoc?: Comment;
    }[];
  }[];
}

interface Comment {
  readonly doc?: string;
  readonly tags?: readonly { readonly kind: string }[];
}

/** A package as it would be published. */
export interface PublishedPackage {
  /** One sentence on it. */
  readonly description?: string;
  /** Text of its README. */
  readonly readme: string;
  /** Paths of its published files, from its folder. */
  readonly files: ReadonlySet<string>;
  /** Its entry points, the first of which is that of its name. */
  readonly docs: ModuleDocs;
  /** Number of runtimes that README.md of the workspace says it works in. */
  readonly runtimes: number;
}

/** Longest description that JSR takes. */
const longest = 250;

/** Share of symbols that JSR wants documented. */
const wanted = 0.8;

/**
 * Tells what keeps a package from JSR's full score, except slow types, which `deno publish` refuses, and
 * provenance, which it adds in CI; and links of the README that lead nowhere from where it is shown.
 *
 * @see https://jsr.io/docs/scoring
 * @returns A sentence for each fault.
 */
export function jsrFaults(published: PublishedPackage): string[] {
  const { description, readme, files, docs, runtimes } = published;
  const modules = Object.entries(docs.nodes);
  const faults: string[] = [];
  if (!description || description.length > longest) {
    faults.push(`its description needs 1 to ${longest} characters`);
  }
  const [, main] = modules[0];
  if (!/^```/m.test(readme) && !main.module_doc?.tags?.some(({ kind }) => kind === "example")) {
    faults.push("neither its README nor its module comment has an example");
  }
  for (const [address, { module_doc }] of modules) {
    if (!module_doc?.doc) faults.push(`${address} has no comment of the module`);
  }
  const share = documentedShare(docs);
  if (share < wanted) {
    faults.push(
      `${Math.floor(share * 100)}% of its symbols are documented, ${wanted * 100}% must be`,
    );
  }
  if (runtimes < 2) faults.push(`it works in ${runtimes} runtimes, 2 are needed`);
  const outside = linksOf(readme).filter((link) => !isAddress(link) && !files.has(pathOf(link)));
  return [...faults, ...outside.map((link) => `its README links ${link}, which is not published`)];
}

/** Returns the share of exported symbols that have a comment; those that another module declares are counted there. */
function documentedShare({ nodes }: ModuleDocs): number {
  const declarations = Object.values(nodes).flatMap(({ symbols = [] }) => symbols)
    .flatMap(({ declarations }) => declarations)
    .filter(({ kind, declarationKind }) => kind !== "reference" && declarationKind !== "private");
  const documented = declarations.filter(({ jsDoc }) => jsDoc?.doc || jsDoc?.tags?.length);
  return declarations.length === 0 ? 1 : documented.length / declarations.length;
}

/** Lists what the links and images of a text in Markdown point to. */
function linksOf(text: string): string[] {
  const links: string[] = [];
  walkTokens(lexer(text), (token: Token) => {
    if (token.type === "link" || token.type === "image") links.push(token.href);
    if (token.type !== "html") return;
    for (const [, link] of token.text.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g)) {
      links.push(link);
    }
  });
  return links;
}

function isAddress(link: string): boolean {
  return /^(?:https?:|mailto:|#)/.test(link);
}

/** Returns the path of a link from the folder of the package; one that leads out of it keeps its dots. */
function pathOf(link: string): string {
  return decodeURI(link).replace(/#.*$/, "").replace(/^\.\//, "");
}
