import { type JupyterBundle, jupyterDisplay } from "@mixtape/tensor-utils/host";
import type { RocPoints } from "./roc_points.ts";

/** Side of the drawing, in pixels. */
const SIDE = 240;

/**
 * Makes a ROC curve draw itself below a cell of a notebook.
 *
 * @param points The curve.
 * @returns The same object, with a method that is not enumerable.
 */
export function drawable(points: RocPoints): RocPoints {
  return Object.defineProperty(points, jupyterDisplay, { value: () => drawing(points) });
}

function drawing({ idAccepted, oodAccepted }: RocPoints): JupyterBundle {
  let area = 0;
  let path = "M0 240";
  let [lastX, lastY] = [0, SIDE];
  for (let i = 1; i < idAccepted.length; i++) {
    const width = oodAccepted[i] - oodAccepted[i - 1];
    area += width * (idAccepted[i] + idAccepted[i - 1]) / 2;
    const x = round(SIDE * oodAccepted[i]);
    const y = round(SIDE * (1 - idAccepted[i]));
    if (x === lastX && y === lastY) continue;
    path += `L${x} ${y}`;
    [lastX, lastY] = [x, y];
  }
  const caption = `ROC curve, area ${area.toFixed(4)}`;
  return {
    "text/plain": caption,
    "image/svg+xml":
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-40 -24 300 300" width="300" ` +
      `height="300" font-family="sans-serif" font-size="11"><title>${caption}</title>` +
      `<rect x="-40" y="-24" width="300" height="300" fill="white"/>` +
      `<text x="0" y="-9">${caption}</text>` +
      `<path d="M0 0V240H240M0 240L240 0" fill="none" stroke="#999"/>` +
      `<path d="${path}" fill="none" stroke="#0b63a5" stroke-width="2"/>` +
      `<text x="120" y="268" text-anchor="middle">share of OOD rows accepted</text>` +
      `<text transform="translate(-14 120) rotate(-90)" text-anchor="middle">` +
      `share of in-distribution rows accepted</text>` +
      `<text x="0" y="254" text-anchor="middle">0</text>` +
      `<text x="240" y="254" text-anchor="middle">1</text>` +
      `<text x="-4" y="8" text-anchor="end">1</text></svg>`,
  };
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
