import { Marked, type Tokens } from "marked";
import { posix } from "node:path";
import { escapeAttribute, escapeText } from "../report-site/escape.ts";
import { sourceAddress } from "../report-site/repository.ts";
import type { SearchEntry } from "./search_entry.ts";

/** A document of the repository that is a page of the documentation. */
export interface Guide {
  /** Its file, from the folder of the repository: `packages/ood/README.md`. */
  readonly file: string;
  /** Its page, from the folder of the documentation: `ood.html`. */
  readonly page: string;
}

/** A guide as a page. */
export interface RenderedGuide {
  /** Its first heading, as plain text. */
  readonly title: string;
  /** Its content, in HTML. */
  readonly html: string;
  /** Its sections. */
  readonly entries: readonly SearchEntry[];
}

/**
 * Renders a guide. Links to other guides lead to their pages, those to other files of the repository to
 * their source at a commit.
 *
 * @param guide The guide.
 * @param text Its Markdown.
 * @param guides All guides.
 * @param commit The commit, or null for the newest.
 */
export function renderGuide(
  guide: Guide,
  text: string,
  guides: readonly Guide[],
  commit: string | null,
): RenderedGuide {
  const names = new Map<string, number>();
  const sections: { name: string; text: string; depth: number; summary: string }[] = [];
  const markdown = new Marked({ async: false, gfm: true });
  markdown.use({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const inner = this.parser.parseInline(tokens);
        const plain = plainText(inner);
        const name = uniqueName(plain, names);
        sections.push({ name, text: plain, depth, summary: "" });
        return `<h${depth} id="${name}"><a class="anchor" href="#${name}">${inner}</a></h${depth}>\n`;
      },
      paragraph({ tokens }: Tokens.Paragraph): string {
        const inner = this.parser.parseInline(tokens);
        const section = sections.at(-1);
        if (section !== undefined && section.summary === "") section.summary = plainText(inner);
        return `<p>${inner}</p>\n`;
      },
      link({ href, title, tokens }: Tokens.Link): string {
        const inner = this.parser.parseInline(tokens);
        const more = title ? ` title="${escapeAttribute(title)}"` : "";
        const to = escapeAttribute(addressOf(href, guide, guides, commit));
        return `<a href="${to}"${more}>${inner}</a>`;
      },
      code({ text, lang = "" }: Tokens.Code): string {
        return `<pre tabindex="0"><code class="language-${escapeAttribute(lang)}">${
          escapeText(text)
        }</code></pre>\n`;
      },
      table({ header, rows }: Tokens.Table): string {
        const cells = (row: Tokens.TableCell[], tag: string) =>
          `<tr>${
            row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join("")
          }</tr>`;
        return `<div class="table" tabindex="0"><table><thead>${
          cells(header, "th")
        }</thead><tbody>${rows.map((row) => cells(row, "td")).join("")}</tbody></table></div>\n`;
      },
    },
  });
  const html = markdown.parse(text) as string;
  const title = sections.find(({ depth }) => depth === 1)?.text ?? guide.page;
  return {
    title,
    html,
    entries: sections.map(({ name, text, depth, summary }) => ({
      href: `${guide.page}#${name}`,
      title: text,
      place: title,
      kind: depth === 1 ? "guide" : "section",
      summary: summary.length > 160 ? `${summary.slice(0, 159)}…` : summary,
    })),
  };
}

/** Returns the address of what a link of a guide leads to. */
function addressOf(
  href: string,
  { file }: Guide,
  guides: readonly Guide[],
  commit: string | null,
): string {
  if (/^(?:[a-z]+:|#|\/\/)/i.test(href)) return href;
  const [path, anchor] = href.split("#");
  const target = posix.normalize(posix.join(posix.dirname(file), path));
  const page = guides.find((other) => other.file === target)?.page ??
    sourceAddress(target, commit).replace("/tree/", "/blob/");
  return anchor === undefined ? page : `${page}#${anchor}`;
}

/** Returns the name that GitHub gives to the anchor of a heading, so that links to it hold here, too. */
function uniqueName(text: string, names: Map<string, number>): string {
  const name = text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replace(/\s/g, "-");
  const before = names.get(name) ?? 0;
  names.set(name, before + 1);
  return before === 0 ? name : `${name}-${before}`;
}

function plainText(html: string): string {
  return html.replace(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
