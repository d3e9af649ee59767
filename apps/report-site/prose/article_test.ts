import assert from "node:assert/strict";
import { readArticle, readParagraphs } from "./article.ts";

function read(markdown: string, slots: readonly string[] = []) {
  return readArticle({ url: "file:///site/language/en/page.md", markdown }, slots);
}

/** The article of paragraphs under a title, on line 1. */
function paragraphs(...lines: readonly string[]) {
  return read(["# Title", ...lines].join("\n\n"));
}

Deno.test("readArticle() reads sentences, formulas, equations, sections and slots", () => {
  const article = read(
    String.raw`# A title

Points $x_1$,
$\{1, \dots\}$ of *weight* **$w$**, as in ${"`code`"} of [a page](data).

## 1. First part {#first}

$$
a &= b * c \\
- d
$$

::: curve

$$
e
$$
`,
    ["curve"],
  );
  assert.deepEqual(article, {
    title: "A title",
    opening: [{
      kind: "paragraph",
      content: [
        { kind: "text", text: "Points " },
        { kind: "formula", text: "x_1" },
        { kind: "text", text: ", " },
        { kind: "formula", text: "\\{1, \\dots\\}" },
        { kind: "text", text: " of " },
        { kind: "emphasis", content: [{ kind: "text", text: "weight" }] },
        { kind: "text", text: " " },
        { kind: "strong", content: [{ kind: "formula", text: "w" }] },
        { kind: "text", text: ", as in " },
        { kind: "code", text: "code" },
        { kind: "text", text: " of " },
        { kind: "link", target: "data", content: [{ kind: "text", text: "a page" }] },
        { kind: "text", text: "." },
      ],
    }],
    sections: [{
      id: "first",
      title: "1. First part",
      blocks: [
        { kind: "equation", latex: "a &= b * c \\\\\n- d", number: 1 },
        { kind: "slot", name: "curve" },
        { kind: "equation", latex: "e", number: 2 },
      ],
    }],
  });
});

Deno.test("readArticle() takes nothing in a formula for Markdown", () => {
  for (
    const formula of ["x^* *", "a_b_c", "a*b*c", "`a`", "[a](b)", "<b>", "\\alpha", "&lt;"]
  ) {
    const [block] = paragraphs(`*so* $${formula}$ and *more*`).opening;
    assert.equal(block.kind, "paragraph");
    assert.deepEqual(block.kind === "paragraph" && block.content.map(({ kind }) => kind), [
      "emphasis",
      "text",
      "formula",
      "text",
      "emphasis",
    ]);
    assert.deepEqual(block.kind === "paragraph" && block.content[2], {
      kind: "formula",
      text: formula,
    });
  }
  const [block] = paragraphs("*from $x^*$ to* here").opening;
  assert.deepEqual(block.kind === "paragraph" && block.content.map(({ kind }) => kind), [
    "emphasis",
    "text",
  ]);
});

Deno.test("readArticle() names file and line of a slot that is unknown, missing or there twice", () => {
  const text = "# Title\n\n::: one\n\nWords\nand words.\n\n::: two\n";
  assert.equal(read(text, ["one", "two"]).opening.length, 3);
  const refused: readonly (readonly [slots: string[], text: string, message: RegExp])[] = [
    [["one"], text, /^Cannot read en\/page\.md:8: the slot two is unknown, the page has one$/],
    [["one", "two", "three"], text, /^Cannot read en\/page\.md:9: the slot three is missing, add/],
    [["one", "two"], `${text}\n::: one\n`, /md:10: the slot one is there twice, line 3 has it$/],
    [["one", "two"], text.replace("::: two", "::: two ::: one"), /md:8: ":::" has no meaning/],
    [["one", "two"], text.replace("::: two", ":::two"), /md:8: ":::" has no meaning/],
  ];
  for (const [slots, markdown, message] of refused) {
    assert.throws(() => read(markdown, slots), { name: "SyntaxError", message });
  }
});

Deno.test("readArticle() refuses HTML, and all else that pages have no place for", () => {
  const refused = [
    "<p>Words</p>",
    "Words <b>of</b> weight",
    "<script>alert(1)</script>",
    "![picture](a.png)",
    "- one\n- two",
    "> said",
    "```\ncode\n```",
    "---",
    "[name]: data",
    "Costs $5",
    "An open $x + 1",
    "Fish &amp; chips",
    "$$\nnever closed",
    "### Deep {#deep}",
    "## No anchor",
    "## Formula $x$ {#formula}",
    "# Second title",
    "## A {#a}\n\n## B {#a}",
  ];
  for (const text of refused) {
    assert.throws(() => paragraphs("First.", text), {
      name: "SyntaxError",
      message: /^Cannot read en\/page\.md:[57]: /,
    }, text);
  }
  assert.throws(() => read("Words\n"), /page\.md:1: the title is missing, begin with # Title/);
  assert.throws(() => read(""), /page\.md:1: the title is missing/);
});

Deno.test("readArticle() takes what is escaped as it is, and lines that end as on Windows", () => {
  const [block] = paragraphs("Costs \\$5 and \\*more\\*").opening;
  const text = block.kind === "paragraph" &&
    block.content.map((one) => one.kind === "text" ? one.text : "?").join("");
  assert.equal(text, "Costs $5 and *more*");
  assert.equal(read("# T\r\n\r\n$$\r\na\r\n$$\r\n\r\n::: s\r\n", ["s"]).opening.length, 2);
});

Deno.test("readParagraphs() reads paragraphs, and no heading or slot", () => {
  const text = (markdown: string) => readParagraphs({ url: "data.html", markdown });
  assert.deepEqual(text("\nOne\nline.\n\nTwo.\n"), [
    { kind: "paragraph", content: [{ kind: "text", text: "One line." }] },
    { kind: "paragraph", content: [{ kind: "text", text: "Two." }] },
  ]);
  for (const markdown of ["# Title", "One.\n\n## Part {#part}\n\nTwo.", "::: slot", "- item"]) {
    assert.throws(() => text(markdown), {
      name: "SyntaxError",
      message: /^Cannot read data\.html/,
    });
  }
});
