/**
 * Long texts of the site, one Markdown file per language: sentences with `$…$` for formulas, equations between lines
 * that are `$$`, which are numbered, headings `## Title {#anchor}`, and slots. A slot is a line `::: name`, where the
 * page puts a figure or a check. Shorter texts, such as those on methods, are paragraphs of the same. Nothing else of Markdown is read: HTML, images and lists are errors.
 *
 * @module
 */
import type { Token } from "marked";
import { tokensOf } from "./markdown.ts";

/** A Markdown file, as a catalogue has it. */
export interface ArticleSource {
  /** URL of the file. */
  readonly url: string;
  /** Content of the file. */
  readonly markdown: string;
}

/** A piece of a paragraph. */
export type Inline =
  | { readonly kind: "text" | "formula" | "code"; readonly text: string }
  | { readonly kind: "emphasis" | "strong"; readonly content: readonly Inline[] }
  | { readonly kind: "link"; readonly target: string; readonly content: readonly Inline[] };

/** A block of text: a paragraph, an equation or a slot. */
export type Block =
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "equation"; readonly latex: string; readonly number: number }
  | { readonly kind: "slot"; readonly name: string };

/** A part of an article under its heading. */
export interface ArticleSection {
  /** Stable anchor, the same in every language. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** Content of the section. */
  readonly blocks: readonly Block[];
}

/** An article. */
export interface Article {
  /** Its heading. */
  readonly title: string;
  /** Blocks before the first section. */
  readonly opening: readonly Block[];
  /** Sections, in order. */
  readonly sections: readonly ArticleSection[];
}

/**
 * Reads an article.
 *
 * @param source The file.
 * @param slots Names of the slots that the page fills; each has to be there exactly once.
 * @returns The article.
 * @throws {SyntaxError} If the file is not what the module says, naming file and line.
 */
export function readArticle(source: ArticleSource, slots: readonly string[]): Article {
  const reader = new Reader(source, slots);
  let line = 1;
  for (const token of tokensOf(source.markdown)) {
    reader.read(token, line);
    line += token.raw.split("\n").length - 1;
  }
  return reader.end(line);
}

/**
 * Reads a text that is no article: paragraphs, and equations between them.
 *
 * @param source The text, and where it stands.
 * @returns Its paragraphs.
 * @throws {SyntaxError} If it holds anything else, naming where it stands.
 */
export function readParagraphs(source: ArticleSource): readonly Block[] {
  const { opening, sections: [section] } = readArticle(
    { ...source, markdown: `# Text\n${source.markdown}` },
    [],
  );
  if (section === undefined) return opening;
  throw new SyntaxError(
    `Cannot read ${source.url}: "${section.title}" is a heading, paragraphs and equations are read`,
  );
}

class Reader {
  readonly #file: string;
  readonly #slots: readonly string[];
  readonly #seen = new Map<string, number>();
  readonly #opening: Block[] = [];
  readonly #sections: (ArticleSection & { readonly blocks: Block[] })[] = [];
  #title?: string;
  #equations = 0;
  #line = 1;

  constructor({ url }: ArticleSource, slots: readonly string[]) {
    this.#file = url.split("/").slice(-2).join("/");
    this.#slots = slots;
  }

  read(token: Token, line: number): void {
    this.#line = line;
    if (token.type === "space") return;
    if (token.type === "heading") return this.#readHeading(token.text, token.depth);
    if (this.#title === undefined) throw this.#error("the title is missing", "begin with # Title");
    (this.#sections.at(-1)?.blocks ?? this.#opening).push(this.#block(token));
  }

  end(line: number): Article {
    this.#line = line;
    if (this.#title === undefined) throw this.#error("the title is missing", "begin with # Title");
    const missing = this.#slots.find((name) => !this.#seen.has(name));
    if (missing !== undefined) {
      throw this.#error(`the slot ${missing} is missing`, `add the line ::: ${missing}`);
    }
    return { title: this.#title, opening: this.#opening, sections: this.#sections };
  }

  #readHeading(text: string, depth: number): void {
    const [, title, id] = /^([^$`<{]+?)(?: \{#([a-z0-9-]+)\})?$/.exec(text) ?? [];
    if (depth === 1 && title !== undefined && id === undefined && this.#title === undefined) {
      this.#title = title;
    } else if (depth === 2 && id !== undefined && this.#title !== undefined) {
      if (this.#seen.has(`#${id}`)) throw this.#error(`the anchor ${id} is there twice`);
      this.#seen.set(`#${id}`, this.#line);
      this.#sections.push({ id, title, blocks: [] });
    } else {
      const needed = "one # Title comes first, then ## Title {#anchor}, in plain text";
      throw this.#error(`"${text}" is no heading of an article`, needed);
    }
  }

  #block(token: Token): Block {
    if (token.type === "equation") {
      this.#equations += 1;
      return { kind: "equation", latex: token.text, number: this.#equations };
    }
    if (token.type === "slot") return this.#slot(token.text);
    if (token.type === "paragraph") {
      return { kind: "paragraph", content: this.#inlines(token.tokens) };
    }
    throw this.#refused(token);
  }

  #slot(name: string): Block {
    if (!this.#slots.includes(name)) {
      throw this.#error(`the slot ${name} is unknown`, `the page has ${this.#slots.join(", ")}`);
    }
    const before = this.#seen.get(name);
    if (before !== undefined) {
      throw this.#error(`the slot ${name} is there twice`, `line ${before} has it`);
    }
    this.#seen.set(name, this.#line);
    return { kind: "slot", name };
  }

  #inlines(tokens: readonly Token[] = []): Inline[] {
    return tokens.map((token) => this.#inline(token));
  }

  #inline(token: Token): Inline {
    switch (token.type) {
      case "text":
        return this.#text(token.text);
      case "escape":
        return { kind: "text", text: token.text };
      case "formula":
        return { kind: "formula", text: oneLine(token.text) };
      case "codespan":
        return { kind: "code", text: token.text };
      case "em":
        return { kind: "emphasis", content: this.#inlines(token.tokens) };
      case "strong":
        return { kind: "strong", content: this.#inlines(token.tokens) };
      case "link":
        return { kind: "link", target: token.href, content: this.#inlines(token.tokens) };
      default:
        throw this.#refused(token);
    }
  }

  #text(text: string): Inline {
    const [left] = /\$|:::|&#?\w+;/.exec(text) ?? [];
    if (left === undefined) return { kind: "text", text: oneLine(text) };
    const needed: Record<string, string> = {
      "$": "a formula ends with $, and a dollar sign is \\$",
      ":::": "a slot is a line of its own, with empty lines around it",
    };
    throw this.#error(`"${left}" has no meaning`, needed[left] ?? "write the character itself");
  }

  #refused({ type, raw }: Token): SyntaxError {
    const needed = "paragraphs, formulas, emphasis, code, links and slots are";
    return this.#error(`"${raw.trim().split("\n")[0]}" is not read (${type})`, needed);
  }

  #error(wrong: string, needed?: string): SyntaxError {
    const rest = needed === undefined ? "" : `, ${needed}`;
    return new SyntaxError(`Cannot read ${this.#file}:${this.#line}: ${wrong}${rest}`);
  }
}

/** Text whose lines were broken anywhere. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
