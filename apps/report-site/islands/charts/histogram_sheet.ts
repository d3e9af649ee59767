import { shortened } from "../../components/charts/chart.tsx";

/** Columns of a sheet: as many small histograms as stand side by side in the column of a page. */
const columns = 5;
/** Room between two histograms, in CSS pixels. */
const gap = 24;
/** Room for the name above a histogram, and for the ends of its axis below. */
const [above, below] = [20, 18];

/**
 * Draws small histograms, each a drawing of its own with texts around it, as one drawing.
 *
 * @param list The histograms.
 * @param title Title of the drawing.
 */
export function histogramSheet(list: Element, title: string): SVGSVGElement {
  const items = [...list.querySelectorAll("li")];
  const { width, height } = items[0].querySelector("svg")!.viewBox.baseVal;
  const [across, down] = [width + gap, above + height + below + gap];
  const sheet = element("svg", {
    class: "chart",
    viewBox: `0 0 ${Math.min(columns, items.length) * across - gap} ${
      Math.ceil(items.length / columns) * down - gap
    }`,
  }) as SVGSVGElement;
  const name = element("title", {});
  name.textContent = title;
  sheet.append(name);
  items.forEach((item, at) => {
    const place = `translate(${at % columns * across} ${Math.floor(at / columns) * down})`;
    const group = element("g", { transform: place });
    group.append(...partsOf(item, width, height));
    sheet.append(group);
  });
  return sheet;
}

function partsOf(item: Element, width: number, height: number): SVGElement[] {
  const [name, low, high] = [
    ".small-name",
    ".small-ends > :first-child",
    ".small-ends > :last-child",
  ]
    .map((part) => item.querySelector(part)?.textContent ?? "");
  const bars = element("g", { class: "small-histogram", transform: `translate(0 ${above})` });
  bars.append(...[...item.querySelectorAll("svg > *")].map((part) => part.cloneNode(true)));
  const ends = above + height + below - 4;
  return [
    text(shortened(name, width), { class: "small-name", x: "0", y: "13" }),
    bars,
    text(low, { x: "0", y: String(ends) }),
    text(high, { x: String(width), y: String(ends), "text-anchor": "end" }),
  ];
}

function text(content: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = element("text", attributes);
  made.textContent = content;
  return made;
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
