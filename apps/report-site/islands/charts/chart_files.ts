import { histogramSheet } from "./histogram_sheet.ts";
import { type Standalone, standalone } from "./standalone.ts";

/** Words of the buttons, and the page that names their files. */
export interface ChartFilesProps {
  /** Path of the page as one word: `derivations-mixtures`. */
  readonly page: string;
  /** Accessible name of a button, with `{title}` and `{kind}` in place of the figure's title and the kind of file. */
  readonly downloadAs: string;
}

/** Pixels of a picture per CSS pixel of its chart, as screens that are sharp and printers have them. */
const density = 2;

const kinds = ["SVG", "PNG"] as const;

/**
 * Offers the chart of every figure as files, beside its numbers; figures that have the offer are left as they are.
 *
 * @param properties Words, and the name of the page.
 */
export function offerChartFiles({ page, downloadAs }: ChartFilesProps): void {
  for (const figure of document.querySelectorAll("figure:has(svg.chart.wide, .small-histograms)")) {
    if (figure.querySelector(".chart-file")) continue;
    const title = titleOf(figure);
    const name = `${page}-${figure.id}`;
    rowOf(figure).append(...kinds.map((kind) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chart-file";
      button.textContent = kind;
      button.setAttribute(
        "aria-label",
        downloadAs.replace("{title}", () => title).replace("{kind}", kind),
      );
      button.addEventListener("click", () => download(figure, kind, name));
      return button;
    }));
  }
}

/** The row of a figure's files; one of its own where it has no numbers. */
function rowOf(figure: Element): Element {
  const known = figure.querySelector(".download");
  if (known) return known;
  const row = document.createElement("p");
  row.className = "download";
  figure.append(row);
  return row;
}

async function download(figure: Element, kind: typeof kinds[number], name: string): Promise<void> {
  const { svg, width, height } = drawingOf(figure);
  const drawing = new Blob([svg], { type: "image/svg+xml" });
  const file = kind === "SVG" ? drawing : await pictureOf(drawing, width, height);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name}.${kind.toLowerCase()}`;
  link.click();
  // The browser may read the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The chart of a figure out of its page; small histograms as one drawing, which takes its styles from the page. */
function drawingOf(figure: Element): Standalone {
  const chart = figure.querySelector<SVGSVGElement>("svg.chart.wide");
  if (chart !== null) return standalone(chart);
  const list = figure.querySelector(".small-histograms")!;
  const sheet = histogramSheet(list, titleOf(figure));
  list.after(sheet);
  const drawing = standalone(sheet);
  sheet.remove();
  return drawing;
}

function titleOf(figure: Element): string {
  return figure.querySelector("h3")?.firstChild?.textContent?.trim() ?? "";
}

async function pictureOf(drawing: Blob, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(drawing);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * density;
  canvas.height = height * density;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  canvas.toBlob((blob) => {
    if (blob) resolve(blob);
    else reject(new TypeError(`Cannot make a picture: ${width} × ${height} pixels do not fit`));
  }, "image/png");
  return await promise;
}
