import type { Mark } from "./marks.ts";
import { centre } from "./nearest.ts";

const svgNamespace = "http://www.w3.org/2000/svg";

/** The box beside a mark that tells its values, and the outline around the mark. */
export class Tip {
  readonly #box = document.createElement("div");
  readonly #outline = document.createElementNS(svgNamespace, "rect");
  #text = "";

  /** A tip that is not shown yet. */
  constructor() {
    this.#box.className = "tip";
    this.#box.setAttribute("aria-hidden", "true");
    this.#outline.setAttribute("class", "here");
  }

  /** True while the tooltip is visible. */
  get isShown(): boolean {
    return this.#box.isConnected;
  }

  /** Text of the tooltip, on one line. */
  get text(): string {
    return this.#text;
  }

  /**
   * Shows it beside a mark.
   *
   * @param chart The chart.
   * @param mark A mark of it.
   * @param below Marks of other series that it covers, to be named as well.
   */
  show(chart: SVGSVGElement, mark: Mark, below: readonly Mark[]): void {
    const { seriesLabel, xLabel, yLabel } = chart.dataset;
    const titles = [mark, ...below].map((one) => {
      const title = document.createElement("strong");
      title.className = one.colour;
      title.textContent = labelled(seriesLabel, one.name);
      return title;
    }).filter((title) => title.textContent !== "");
    const lines = [labelled(xLabel, mark.x), labelled(yLabel, mark.y)].filter((one) => one !== "");
    this.#text = [...titles.map((title) => title.textContent), ...lines].join(", ");
    this.#box.replaceChildren(
      ...titles,
      ...lines.map((line) => {
        const element = document.createElement("span");
        element.textContent = line;
        return element;
      }),
    );
    chart.append(this.#outline);
    chart.parentElement?.append(this.#box);
    this.#placeOutline(mark);
    this.#placeBox(chart, mark);
  }

  /** Hides it. */
  hide(): void {
    this.#box.remove();
    this.#outline.remove();
  }

  #placeOutline({ box }: Mark): void {
    // A point gets a ring around it, a bar or a cell a frame.
    const around = box.right === box.left ? 7 : 1;
    const attributes = {
      x: box.left - around,
      y: box.top - around,
      width: box.right - box.left + 2 * around,
      height: box.bottom - box.top + 2 * around,
      rx: around,
    };
    for (const [name, value] of Object.entries(attributes)) {
      this.#outline.setAttribute(name, String(value));
    }
  }

  #placeBox(chart: SVGSVGElement, mark: Mark): void {
    const frame = (chart.parentElement ?? chart).getBoundingClientRect();
    const drawn = chart.getBoundingClientRect();
    const scale = drawn.width / chart.viewBox.baseVal.width;
    const { x } = centre(mark.box);
    const left = drawn.left - frame.left + x * scale;
    const top = drawn.top - frame.top + mark.box.top * scale;
    const { offsetWidth: width, offsetHeight: height } = this.#box;
    const room = Math.max(0, frame.width - width);
    const above = top - height - 12;
    const below = drawn.top - frame.top + mark.box.bottom * scale + 12;
    this.#box.style.left = `${Math.max(0, Math.min(room, left - width / 2))}px`;
    this.#box.style.top = `${above < -drawn.top ? below : above}px`;
  }
}

function labelled(label: string | undefined, value: string): string {
  return value === "" || !label ? value : `${label}: ${value}`;
}
