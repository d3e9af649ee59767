import { fileURLToPath } from "node:url";
import { bundleScript } from "../report-site/bundle_script.ts";
import { escapeText } from "../report-site/escape.ts";
import { apiEntries, type DocJson, type EntryModule } from "./api_entries.ts";
import { documentFor } from "./document.ts";
import { type Guide, renderGuide } from "./guide.ts";

/** The documents and modules that the documentation is made of. */
export interface DocsSource {
  /** The guides with their texts, in the order of the menu. */
  readonly guides: readonly (Guide & { readonly text: string })[];
  /** The modules that users import. */
  readonly modules: readonly EntryModule[];
  /** The description of the modules that `deno doc --json` prints. */
  readonly json: DocJson;
  /** The commit that links to sources lead to; null for the newest. */
  readonly commit: string | null;
}

/**
 * Makes the pages of the documentation: a start page, the guides, and a search over them and the reference.
 *
 * @param source Documents and modules.
 * @returns The content of each file, by its path in the folder of the documentation; the reference itself, in
 * `api/`, is written by `deno doc --html`.
 */
export async function composeDocs(
  { guides, modules, json, commit }: DocsSource,
): Promise<Map<string, string>> {
  const rendered = guides.map((guide) => ({
    guide,
    ...renderGuide(guide, guide.text, guides, commit),
  }));
  const api = apiEntries(json, modules);
  const menuFor = (current: string) =>
    [
      { title: "Overview", page: "index.html" },
      ...rendered.map(({ title, guide: { page } }) => ({ title, page })),
      { title: "All names", page: "api/all_symbols.html" },
    ].map(({ title, page }) => page === current ? { title } : { title, href: page });
  const files = new Map<string, string>();
  for (const { guide: { page, file }, title, html } of rendered) {
    const links = modules.filter((module) => file === readmeOf(module.file))
      .map((module) =>
        `<a href="api/${module.file}/index.html">Reference of <code>${
          escapeText(module.name)
        }</code></a>`
      );
    const more = links.length === 0 ? "" : `<p>${links.join(" · ")}</p>\n`;
    files.set(
      page,
      documentFor({ title, html: html.replace("</h1>\n", `</h1>\n${more}`), menu: menuFor(page) }),
    );
  }
  files.set(
    "index.html",
    documentFor({
      title: "Documentation of Mixtape",
      menu: menuFor("index.html"),
      html: `<h1>Documentation</h1>\n${
        packagesOf(modules).map((one) => section(one, rendered)).join("")
      }`,
    }),
  );
  const entries = [...rendered.flatMap((one) => one.entries), ...api];
  files.set("entries.js", `globalThis.searchEntries=${JSON.stringify(entries)};\n`);
  files.set(
    "search.js",
    await bundleScript({ entry: import.meta.resolve("./search_page.ts"), format: "iife" }),
  );
  files.set("docs.css", await readStyles());
  return files;
}

/** The colours and fonts of the report, and the styles of these pages. */
async function readStyles(): Promise<string> {
  const paths = ["../report-site/styles/colours.css", "./docs.css"];
  const texts = paths.map((path) => Deno.readTextFile(fileURLToPath(import.meta.resolve(path))));
  return (await Promise.all(texts)).join("\n");
}

/** Groups modules by their packages, the main module of each first. */
function packagesOf(modules: readonly EntryModule[]): EntryModule[][] {
  const groups = Map.groupBy(modules, ({ file }) => file.split("/")[0]);
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => a.name.length - b.name.length)
  );
}

/** A package on the start page: the first paragraph of its guide, and links. */
function section(
  modules: readonly EntryModule[],
  rendered: readonly { readonly guide: Guide; readonly html: string }[],
): string {
  const [{ name, file }] = modules;
  const guide = rendered.find((one) => one.guide.file === readmeOf(file));
  const first = /<p>.*?<\/p>/s.exec(guide?.html ?? "")?.[0] ?? "";
  const links = [
    ...guide === undefined ? [] : [`<a href="${guide.guide.page}">Guide</a>`],
    ...modules.map((module) =>
      `<a href="api/${module.file}/index.html">Reference of <code>${
        escapeText(module.name)
      }</code></a>`
    ),
  ];
  return `<h2><code>${escapeText(name)}</code></h2>\n${first}\n<p>${links.join(" · ")}</p>\n`;
}

/** Returns the guide of the package that a module is in. */
function readmeOf(file: string): string {
  return `packages/${file.split("/")[0]}/README.md`;
}
