import { Marked, type Tokens } from "marked";
import { escapeText } from "../report-site/escape.ts";
import { Typesetter } from "../report-site/math/typesetter.ts";
import { equation, formula, maskFormulas } from "../report-site/prose/markdown.ts";
import type { Part } from "./compose.ts";
import { readConsoleTable } from "./console_table.ts";
import { joined } from "./notebook.ts";
import type { Output } from "./run_cells.ts";

/**
 * Writes parts as a document to print.
 *
 * @param parts The parts.
 * @param language Language of the texts, as a BCP 47 tag.
 * @returns HTML; the fonts of its formulas lie beside it in `fonts/`.
 */
export function documentOf(parts: readonly Part[], language: string): string {
  const typesetter = new Typesetter();
  const markdown = markdownWith(typesetter);
  const body = parts.map((part) =>
    part.kind === "text"
      ? markdown.parse(part.markdown)
      : codeHtml(part.source) + joined(part.outputs).map(outputHtml).join("")
  ).join("\n");
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Mixtape</title>` +
    `<style>${typesetter.stylesheet()}${styles}</style></head><body>${body}</body></html>`;
}

const styles = `
@page { size: A4; margin: 18mm 16mm; }
body { font: 10.5pt/1.45 Georgia, "DejaVu Serif", serif; color: #111; }
h1, h2, h3 { font-family: "DejaVu Sans", sans-serif; line-height: 1.2; break-after: avoid; }
h1 { font-size: 19pt; } h2 { font-size: 14pt; margin-top: 2em; } h3 { font-size: 11pt; }
pre { font: 7.2pt/1.35 "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { orphans: 5; widows: 5; }
pre.code { background: #f3f5f7; border-left: 3px solid #0b63a5; padding: 6pt 8pt; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
pre.code.short { break-inside: avoid; }
p:has(+ pre.code.short) { break-after: avoid; }
pre.output { padding: 0 8pt; }
table { break-inside: avoid; border-collapse: collapse; font-size: 7.5pt; font-family: "DejaVu Sans", sans-serif; }
table.output { margin: 8pt; font: 7.2pt/1.25 "DejaVu Sans Mono", monospace; }
table.output td, table.output th { text-align: left; padding: 0.8pt 8pt 0.8pt 0; }
tr { break-inside: avoid; }
td, th { padding: 1.5pt 5pt; text-align: right; border-bottom: 0.5pt solid #ccc; }
caption { text-align: left; padding: 4pt 0; }
figure { margin: 8pt 0; } figure img { image-rendering: pixelated; width: 100%; }
.katex-display { break-inside: avoid; break-before: avoid; font-size: 0.95em; }
`;

function markdownWith(typesetter: Typesetter): Marked {
  const rendered = (display: boolean) => ({ text }: Tokens.Generic) =>
    typesetter.typeset(text, display);
  return new Marked({
    async: false,
    extensions: [
      { ...equation, renderer: rendered(true) },
      { ...formula, renderer: rendered(false) },
    ],
    hooks: { emStrongMask: maskFormulas },
  });
}

/** Lines of code that stay on one page: more of them would leave too much of the page before empty. */
const shortCode = 16;

function codeHtml(source: string): string {
  const isShort = source.split("\n").length <= shortCode;
  return `<pre class="code${isShort ? " short" : ""}">${escapeText(source)}</pre>`;
}

/** Shows the richest form of an output. */
function outputHtml(output: Output): string {
  if (output.kind === "text") return printedHtml(output.text);
  const { bundle } = output;
  const png = bundle["image/png"];
  if (png !== undefined) {
    return `<figure><img alt="" src="data:image/png;base64,${png}"></figure>`;
  }
  const markup = bundle["image/svg+xml"] ?? bundle["text/html"];
  return markup === undefined
    ? `<pre class="output">${escapeText(bundle["text/plain"] ?? "")}</pre>`
    : `<figure>${markup}</figure>`;
}

/** Shows what was printed; a table as one, since its head can then be repeated where it goes on on the next page. */
function printedHtml(text: string): string {
  const table = readConsoleTable(text);
  if (table === undefined) return `<pre class="output">${escapeText(text)}</pre>`;
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join("")}</tr>`;
  return `<table class="output"><thead>${line("th", table.head)}</thead><tbody>${
    table.rows.map((row) => line("td", row)).join("")
  }</tbody></table>`;
}
