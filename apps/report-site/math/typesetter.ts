import katex from "katex";
import katexStyles from "katex/dist/katex.min.css" with { type: "text" };

/**
 * Typesets formulas to HTML for the eye and MathML for everything else.
 *
 * KaTeX places its boxes with style attributes, which the site's Content-Security-Policy refuses;
 * each distinct one becomes a class here, and a rule of the stylesheet.
 */
export class Typesetter {
  readonly #classes = new Map<string, string>();
  /** Every language has the same formulas, and typesetting one takes far longer than finding it again. */
  readonly #known = new Map<string, string>();

  /**
   * Typesets one formula.
   *
   * @param formula LaTeX.
   * @param display True for a formula on a line of its own.
   * @returns HTML without style attributes.
   */
  typeset(formula: string, display: boolean): string {
    const key = `${display} ${formula}`;
    const html = this.#known.get(key) ?? this.#typeset(formula, display);
    this.#known.set(key, html);
    return html;
  }

  #typeset(formula: string, display: boolean): string {
    const html = katex.renderToString(formula, {
      displayMode: display,
      output: "htmlAndMathml",
      strict: "error",
      throwOnError: true,
    });
    return html.replace(/<[a-z]+ [^>]*style="[^"]*"[^>]*>/g, (tag) => this.#styleToClass(tag));
  }

  /** The stylesheet that the formulas typeset so far need; fonts lie beside it in `fonts/`. */
  stylesheet(): string {
    const fonts = katexStyles.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, "");
    const rules = [...this.#classes].map(([style, name]) => `.katex .${name}{${style}}`);
    return `${fonts}\n${rules.sort().join("\n")}\n`;
  }

  #styleToClass(tag: string): string {
    const style = /style="([^"]*)"/.exec(tag)![1];
    const name = className(style);
    this.#classes.set(style, name);
    const bare = tag.replace(/ ?style="[^"]*"/, "");
    return bare.includes('class="')
      ? bare.replace(/class="([^"]*)"/, `class="$1 ${name}"`)
      : bare.replace(/^<[a-z]+/, `$& class="${name}"`);
  }
}

function className(style: string): string {
  return `k-${style.replace(/;$/, "").replace(/[^a-z0-9-]/gi, encodeCharacter)}`;
}

function encodeCharacter(character: string): string {
  const short: Record<string, string> = { ":": "_", ";": "__", ".": "p" };
  return short[character] ?? `_${character.codePointAt(0)!.toString(16)}_`;
}
