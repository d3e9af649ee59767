import type { Box, Placed } from "./nearest.ts";

/** A mark of a chart, and what there is to say of it. */
export interface Mark extends Placed {
  /** Name of its series, as it is shown. */
  readonly name: string;
  /** Class of the colour in the palette: `series-1`. */
  readonly colour: string;
  /** Its value along x, as text; empty if it has none. */
  readonly x: string;
  /** Its value along y, as text; empty if it has none. */
  readonly y: string;
}

/** The marks of a chart that say what they are, the series in their order. */
export function marksOf(chart: SVGSVGElement): Mark[] {
  const marks = [...chart.querySelectorAll<SVGElement>("[data-points], [data-bars], [data-mark]")]
    .flatMap(marksOfElement);
  const names = [...new Set(marks.map((mark) => mark.series))];
  return names.flatMap((name) => marks.filter((mark) => mark.series === name));
}

function marksOfElement(element: SVGElement): Mark[] {
  const owner = element.closest<SVGElement>("[data-series]");
  const { points, bars, mark } = element.dataset;
  const texts = points === undefined && bars === undefined ? [mark ?? ""] : pointsTold(element);
  const boxes = points !== undefined
    ? pointBoxes(element)
    : bars !== undefined
    ? barBoxes(element)
    : [shapeBox(element)];
  const coloured = element.closest("[class*='series-']");
  return texts.map((text, at) => {
    const [x, y = ""] = text.split("|");
    return {
      series: owner?.dataset.series ?? "",
      name: owner?.dataset.name ?? "",
      colour: [...coloured?.classList ?? []].find((one) => one.startsWith("series-")) ?? "",
      x,
      y,
      box: boxes[at] ?? boxes[0],
    };
  });
}

/** Returns the texts of a path's points, which only the drawing for wide screens has. */
function pointsTold(path: SVGElement): string[] {
  const own = path.dataset.points || path.dataset.bars;
  if (own) return own.split(";");
  const paths = (
    chart: Element | null | undefined,
  ) => [...chart?.querySelectorAll<SVGElement>("[data-points], [data-bars]") ?? []];
  const chart = path.closest(".chart");
  const twin =
    paths(chart?.parentElement?.querySelector(".chart.wide"))[paths(chart).indexOf(path)];
  return (twin?.dataset.points ?? twin?.dataset.bars ?? "").split(";");
}

/** The points that the path of a line goes through: `M0,1L2,3`. */
function pointBoxes(path: SVGElement): Box[] {
  const pairs = (path.getAttribute("d") ?? "").matchAll(/(-?[\d.]+),(-?[\d.]+)/g);
  return [...pairs].map(([, x, y]) => boxAt(Number(x), Number(y), 0, 0));
}

/** The bars under the steps of a histogram's path: `M0,9V4H2V6H4V9Z`. */
function barBoxes(path: SVGElement): Box[] {
  const steps = path.getAttribute("d") ?? "";
  const [, start, bottom] = /^M(-?[\d.]+),(-?[\d.]+)/.exec(steps) ?? [];
  let left = Number(start);
  return [...steps.matchAll(/V(-?[\d.]+)H(-?[\d.]+)/g)].map(([, top, right]) => {
    const box = { left, top: Number(top), right: Number(right), bottom: Number(bottom) };
    left = box.right;
    return box;
  });
}

function shapeBox(shape: SVGElement): Box {
  const number = (name: string) => Number(shape.getAttribute(name) ?? 0);
  return shape.tagName === "circle"
    ? boxAt(number("cx"), number("cy"), 0, 0)
    : boxAt(number("x"), number("y"), number("width"), number("height"));
}

function boxAt(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}
