import { elementsOf, type Markup, textOf } from "../../../apps/report-site/testing/read_markup.ts";

/** Parts of a page by their anchors, each with a line for every table and drawing in it. */
export type Outline = Readonly<Record<string, readonly string[]>>;

/** Describes how the parts of a page are laid out and drawn: not their words and numbers, which other tests read. */
export function outlineOf(page: Markup): Outline {
  const [main] = elementsOf(page, "main");
  const parts = elementsOf(main).filter(({ name, attributes }) =>
    attributes.id !== undefined && ["section", "figure", "div"].includes(name)
  );
  return Object.fromEntries(parts.map((part) => [part.attributes.id, linesOf(part)]));
}

/** Lines for the tables and drawings in a part of a page. */
export function linesOf(part: Markup): string[] {
  return counted(describe(part));
}

/** Names each of some texts once, with their number. */
function counted(texts: readonly string[]): string[] {
  return [...Map.groupBy(texts, (text) => text)].map(([text, { length }]) =>
    length === 1 ? text : `${text} ×${length}`
  );
}

function describe(part: Markup): string[] {
  return part.children.flatMap((child) => {
    // Parts that have an anchor of their own are described there.
    if (typeof child === "string" || child.attributes.id !== undefined) return [];
    if (child.name === "table") return [tableText(child)];
    if (child.attributes["data-island"] !== undefined) {
      return [islandText(child), ...describe(child)];
    }
    if (child.name !== "svg") return describe(child);
    if (child.attributes.class?.startsWith("chart")) return [chartText(child)];
    return [/\bpixels\b/.test(child.attributes.class) ? imageText(child, part) : sizeText(child)];
  });
}

function islandText({ attributes }: Markup): string {
  const { filters = [] }: { filters?: readonly { readonly column: number }[] } = JSON.parse(
    attributes["data-properties"],
  );
  const columns = filters.map(({ column }) => ` by column ${column}`);
  return `island ${attributes["data-island"]}${columns.join(",")}`;
}

function tableText(table: Markup): string {
  const head = elementsOf(table, "th").filter(({ attributes }) => attributes.scope === "col");
  const kinds = head.map(({ attributes }) => attributes.class === "number" ? "#" : "a").join("");
  const rows = elementsOf(table, "tbody").flatMap((body) => elementsOf(body, "tr"));
  const marked = rows.filter(({ attributes }) => attributes.class !== undefined).length;
  return `table ${kinds} × ${rows.length}${marked === 0 ? "" : `, ${marked} marked`}`;
}

function sizeText(drawing: Markup): string {
  return [
    drawing.name,
    ...drawing.attributes.class ? [drawing.attributes.class] : [],
    drawing.attributes.viewBox.split(" ").slice(2).join("×"),
  ].join(" ");
}

/** An image with its place in the file of all, and what is noted below it. */
function imageText(image: Markup, item: Markup): string {
  const [{ attributes: { x, y } }] = elementsOf(image, "image");
  const notes = elementsOf(item, "span", "tile-note").map(textOf);
  return [sizeText(image), `at ${x},${y}`, image.attributes["aria-label"], ...notes].join("; ");
}

function chartText(chart: Markup): string {
  const size = sizeText(chart);
  // The narrow drawing has the parts of the wide one.
  if (/\bnarrow\b/.test(chart.attributes.class)) return size;
  const axes = elementsOf(chart, "g", "axis").map((axis) =>
    elementsOf(axis, "g").map(textOf).join(" ")
  );
  return [size, ...axes, counted(partsIn(chart)).join(", ")].join("; ");
}

/** Names and classes of the parts of a chart outside its axes. */
function partsIn(markup: Markup): string[] {
  return markup.children.flatMap((child) => {
    if (typeof child === "string" || ["title", "desc"].includes(child.name)) return [];
    const { class: names } = child.attributes;
    if (names === "axis") return [];
    const turned = child.attributes.transform?.includes("rotate") ? " turned" : "";
    return [
      `${child.name}${names ? `.${names.replaceAll(" ", ".")}` : ""}${turned}`,
      ...partsIn(child),
    ];
  });
}
