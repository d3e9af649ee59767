import { type ChartFilesProps, offerChartFiles } from "./chart_files.ts";
import { emphasise, seriesOfCell } from "./linking.ts";
import { type Mark, marksOf } from "./marks.ts";
import { isMoveKey, markAfter, marksBelow, nearestMark } from "./nearest.ts";
import { Tip } from "./tip.ts";

/** Largest distance of the pointer from a mark, in CSS pixels. */
const reach = 40;

const tip = new Tip();
const root = document.querySelector<HTMLElement>('[data-island="charts"]');
const spoken = root?.querySelector('[role="status"]');
const files = JSON.parse(root?.dataset.properties ?? "{}") as ChartFilesProps;
let shown: { readonly chart: SVGSVGElement; readonly marks: readonly Mark[]; at: number } | null =
  null;
/** The title of the chart below the pointer, which the browser would show as well. */
let title: { readonly chart: SVGSVGElement; readonly element: Element } | null = null;

function chartAt(target: EventTarget | null): SVGSVGElement | null {
  return target instanceof Element ? target.closest<SVGSVGElement>("svg.chart") : null;
}

function figureOf(element: Element): Element {
  return element.closest("figure") ?? element.parentElement ?? element;
}

function show(chart: SVGSVGElement, marks: readonly Mark[], at: number): void {
  if (shown !== null && shown.chart !== chart) hide();
  shown = { chart, marks, at };
  const below = marksBelow(marks, at);
  tip.show(chart, marks[at], below);
  emphasise(figureOf(chart), [marks[at], ...below].map(({ series }) => series), marks[at]);
}

function hide(): void {
  if (shown === null) return;
  tip.hide();
  emphasise(figureOf(shown.chart), []);
  shown = null;
}

/** Says what the tip says to those who moved to it by keyboard. */
function speak(): void {
  if (spoken) spoken.textContent = tip.text;
}

function keepTitle(chart: SVGSVGElement | null): void {
  if (title?.chart === chart) return;
  title?.chart.prepend(title.element);
  const element = chart?.querySelector(":scope > title");
  title = chart && element ? { chart, element } : null;
  element?.remove();
}

function point(event: PointerEvent): void {
  const chart = chartAt(event.target);
  keepTitle(chart);
  if (chart === null) return hide();
  const drawn = chart.getBoundingClientRect();
  const scale = drawn.width / chart.viewBox.baseVal.width;
  const marks = marksOf(chart);
  const x = (event.clientX - drawn.left) / scale;
  const y = (event.clientY - drawn.top) / scale;
  const at = nearestMark(marks, x, y, reach / scale);
  if (at !== undefined) return show(chart, marks, at);
  hide();
  // The name of a series stands for all of it.
  const label = (event.target as Element).closest<SVGElement>("[data-series]");
  emphasise(figureOf(chart), [label?.dataset.series]);
}

function pointAtTable(target: EventTarget | null): void {
  const cell = target instanceof Element ? target.closest<HTMLTableCellElement>("td, th") : null;
  const figure = cell?.closest("figure");
  for (const other of document.querySelectorAll(".emphasis")) {
    if (other !== figure) emphasise(other, []);
  }
  if (cell && figure) emphasise(figure, [seriesOfCell(figure, cell)]);
}

function press(event: KeyboardEvent): void {
  if (event.key === "Escape") return hide();
  const chart = chartAt(event.target);
  if (chart === null || !isMoveKey(event.key)) return;
  const marks = shown?.chart === chart ? shown.marks : marksOf(chart);
  if (marks.length === 0) return;
  event.preventDefault();
  show(chart, marks, shown?.chart === chart ? markAfter(marks, shown.at, event.key) : 0);
  speak();
}

function focus({ target }: FocusEvent): void {
  const chart = chartAt(target);
  if (chart === null || !(target as Element).matches(":focus-visible")) return;
  const marks = marksOf(chart);
  if (marks.length === 0) return;
  const own = (target as Element).querySelector("[data-mark]");
  const at = own && target !== chart ? [...chart.querySelectorAll("[data-mark]")].indexOf(own) : 0;
  show(chart, marks, at);
  speak();
}

/** Makes charts reachable by keyboard and offers their files, those too that come later. */
function prepare(): void {
  offerChartFiles(files);
  for (const chart of document.querySelectorAll<SVGSVGElement>("svg.chart:not([tabindex])")) {
    chart.setAttribute("tabindex", "0");
    if (root?.querySelector("#chart-keys")) chart.setAttribute("aria-describedby", "chart-keys");
    // Links in a chart keep their own role; a drawing hands arrow keys on.
    if (chart.getAttribute("role") === "img") chart.setAttribute("role", "application");
  }
}

document.addEventListener("pointermove", point);
document.addEventListener("pointerdown", point);
document.addEventListener("pointerover", ({ target }) => {
  if (chartAt(target) === null) pointAtTable(target);
});
document.addEventListener("keydown", press);
document.addEventListener("focusin", focus);
document.addEventListener("focusout", hide);
document.addEventListener("input", hide);
document.addEventListener("scroll", () => keepTitle(null), { passive: true });
new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });
prepare();
