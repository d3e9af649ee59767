/** Properties that drawings get from the stylesheet and that descend to the parts of an element. */
const inherited = [
  "fill",
  "fill-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "paint-order",
  "stroke",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "stroke-width",
  "text-anchor",
];

/** Attributes that mean something to the page only. */
const ofPage = ["class", "style", "tabindex", "role", "aria-describedby", "aria-label", "href"];

/** Room around the drawing, in CSS pixels: charts reach to the edge of their column. */
const margin = 12;

/** A drawing that needs no page around it. */
export interface Standalone {
  /** An SVG document in the light theme, with its colours, fonts and background. */
  readonly svg: string;
  /** Width of the drawing, in CSS pixels. */
  readonly width: number;
  /** Height of the drawing, in CSS pixels. */
  readonly height: number;
}

/**
 * Takes a chart out of its page.
 *
 * @param chart The chart; it is left as it is.
 * @returns The chart as a document of its own.
 */
export function standalone(chart: SVGSVGElement): Standalone {
  const { baseVal } = chart.viewBox;
  const width = baseVal.width + 2 * margin;
  const height = baseVal.height + 2 * margin;
  const drawing = chart.cloneNode(true) as SVGSVGElement;
  drawing.querySelector(".here")?.remove();
  for (const link of drawing.querySelectorAll("a")) unwrap(link);
  // A drawing that has just come has its final colours; the one that is seen may be on the way to them.
  drawing.style.colorScheme = "light";
  chart.after(drawing);
  const paper = backgroundOf(drawing);
  inlineStyles(drawing);
  drawing.remove();
  for (const element of [drawing, ...drawing.querySelectorAll("*")]) plain(element);
  drawing.setAttribute("viewBox", `${-margin} ${-margin} ${width} ${height}`);
  setSize(drawing, width, height);
  setSize(paper, width, height);
  drawing.insertBefore(paper, drawing.querySelector(":scope > :not(title, desc)"));
  return { svg: new XMLSerializer().serializeToString(drawing), width, height };
}

/** A rectangle behind the whole drawing, in the colour of the page. */
function backgroundOf(drawing: SVGSVGElement): SVGElement {
  const paper = createLike(drawing, "rect");
  paper.setAttribute("x", String(-margin));
  paper.setAttribute("y", String(-margin));
  drawing.append(paper);
  paper.style.fill = "var(--paper)";
  paper.setAttribute("fill", getComputedStyle(paper).fill);
  paper.remove();
  paper.removeAttribute("style");
  return paper;
}

/** Writes what the stylesheet says of a drawing into its elements. */
function inlineStyles(element: Element, above?: CSSStyleDeclaration): void {
  const style = getComputedStyle(element);
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (value === above?.getPropertyValue(name)) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  for (const part of element.children) inlineStyles(part, style);
}

/** Replaces a link by its content, whose target is on the page. */
function unwrap(link: Element): void {
  const group = createLike(link, "g");
  for (const { name, value } of link.attributes) group.setAttribute(name, value);
  group.append(...link.childNodes);
  link.replaceWith(group);
}

function plain(element: Element): void {
  for (const name of element.getAttributeNames()) {
    if (ofPage.includes(name) || name.startsWith("data-")) element.removeAttribute(name);
  }
}

function setSize(element: Element, width: number, height: number): void {
  element.setAttribute("width", String(width));
  element.setAttribute("height", String(height));
}

function createLike(element: Element, name: string): SVGElement {
  return document.createElementNS(element.namespaceURI, name) as SVGElement;
}
