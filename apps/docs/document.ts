import { escapeAttribute, escapeText } from "../report-site/escape.ts";

/** A page of the documentation. */
export interface DocumentParts {
  /** Its title. */
  readonly title: string;
  /** Its content, in HTML. */
  readonly html: string;
  /** The links beside it: title and address, the current page without address. */
  readonly menu: readonly { readonly title: string; readonly href?: string }[];
}

/** Writes a page of the documentation. */
export function documentFor({ title, html, menu }: DocumentParts): string {
  const links = menu.map(({ title, href }) =>
    href === undefined
      ? `<li aria-current="page">${escapeText(title)}</li>`
      : `<li><a href="${escapeAttribute(href)}">${escapeText(title)}</a></li>`
  ).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<link rel="stylesheet" href="docs.css">
<script src="entries.js" defer></script>
<script src="search.js" defer></script>
</head>
<body>
<header>
<a href="../index.html">Report</a>
<div role="search">
<label for="search">Search the documentation</label>
<input id="search" type="search" disabled autocomplete="off" placeholder="kMeans, ROC, covariance …">
<ul id="found" hidden></ul>
</div>
</header>
<nav aria-label="Documentation"><ul>${links}</ul></nav>
<main>
${html}</main>
</body>
</html>
`;
}
