import assert from "node:assert/strict";
import { repository } from "../report-site/repository.ts";
import { renderGuide } from "./guide.ts";

const guides = [
  { file: "packages/a/README.md", page: "a.html" },
  { file: "docs/map.md", page: "map.html" },
];

Deno.test("links of a guide lead to pages of other guides, and to sources at the commit", () => {
  const text = [
    "[map](../../docs/map.md#names) [here](#two) [away](https://deno.com) [file](../b/mod.ts)",
    "[folder](fixtures/)",
  ].join(" ");
  const { html } = renderGuide(guides[0], text, guides, "abc");
  assert.deepEqual([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href), [
    "map.html#names",
    "#two",
    "https://deno.com",
    `${repository}/blob/abc/packages/b/mod.ts`,
    `${repository}/blob/abc/packages/a/fixtures/`,
  ]);
});

Deno.test("sections of a guide are entries with their first paragraph, under the names that GitHub gives", () => {
  const text =
    "# A & `b`\n\nFirst *one*.\n\nSecond.\n\n## Uso, em Node.js\n\n## Uso, em Node.js\n\nLast.\n";
  const { title, html, entries } = renderGuide(guides[0], text, guides, null);
  assert.equal(title, "A & b");
  assert.deepEqual(entries, [
    { href: "a.html#a--b", title: "A & b", place: title, kind: "guide", summary: "First one." },
    {
      href: "a.html#uso-em-nodejs",
      title: "Uso, em Node.js",
      place: title,
      kind: "section",
      summary: "",
    },
    {
      href: "a.html#uso-em-nodejs-1",
      title: "Uso, em Node.js",
      place: title,
      kind: "section",
      summary: "Last.",
    },
  ]);
  for (const { href } of entries) assert(html.includes(`id="${href.split("#")[1]}"`), href);
});

Deno.test("code and attributes of a guide are escaped", () => {
  const { html } = renderGuide(
    guides[0],
    '```ts\nif (a < b && c) "<script>";\n```\n\n[x](<https://a.b/"?q=1&r> "say \\"hi\\"")\n',
    guides,
    null,
  );
  assert(html.includes('if (a &lt; b &amp;&amp; c) "&lt;script&gt;";'), html);
  assert(!/href="[^"]*"[^ >]/.test(html), html);
});
