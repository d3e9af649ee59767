import { Marked, type Token, type TokenizerExtension } from "marked";

/** A formula within a line: `$…$`. */
export const formula: TokenizerExtension = {
  name: "formula",
  level: "inline",
  start: (source) => source.indexOf("$"),
  tokenizer(source) {
    const [raw, text] = /^\$([^$]+)\$/.exec(source) ?? [];
    return raw === undefined ? undefined : { type: "formula", raw, text };
  },
};

/** A formula on lines of its own, between lines that are `$$`. */
export const equation: TokenizerExtension = {
  name: "equation",
  level: "block",
  start: (source) => /^\$\$$/m.exec(source)?.index,
  tokenizer(source) {
    const [raw, text] = /^\$\$\n([^$]+)\n\$\$(?:\n|$)/.exec(source) ?? [];
    return raw === undefined ? undefined : { type: "equation", raw, text };
  },
};

/** A line that is `::: name`. */
const slot: TokenizerExtension = {
  name: "slot",
  level: "block",
  start: (source) => /^:::/m.exec(source)?.index,
  tokenizer(source) {
    const [raw, text] = /^::: ([a-z0-9-]+)(?:\n|$)/.exec(source) ?? [];
    return raw === undefined ? undefined : { type: "slot", raw, text };
  },
};

const markdown = new Marked({
  gfm: false,
  extensions: [formula, equation, slot],
  hooks: { emStrongMask: maskFormulas },
});

/** Hides formulas from what looks for emphasis: a star in one neither begins nor ends emphasis around it. */
export function maskFormulas(source: string): string {
  return source.replace(/\$[^$]+\$/g, (one) => "a".repeat(one.length));
}

/** Splits Markdown into its tokens; those of type `formula`, `equation` and `slot` have their content in `text`. */
export function tokensOf(source: string): readonly Token[] {
  return markdown.lexer(source);
}
