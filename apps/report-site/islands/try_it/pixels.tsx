import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Properties of {@link Pixels}. */
export interface PixelsProps {
  /** Values of a square image, row by row. */
  readonly values: ArrayLike<number>;
  /** The value drawn white; 0 is black. */
  readonly maxValue: number;
  /** Description of the image; none if the text beside it says the same. */
  readonly label?: string;
}

/** A small grey image. */
export function Pixels({ values, maxValue, label }: PixelsProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.sqrt(values.length);
  // Before the browser draws the page: an effect that waits leaves the picture blank until the next frame.
  useLayoutEffect(() => paint(canvas.current, values, maxValue), [values, maxValue]);
  const named = label === undefined
    ? { "aria-hidden": true }
    : { role: "img" as const, "aria-label": label };
  return <canvas ref={canvas} class="pixels" width={side} height={side} {...named} />;
}

/**
 * Paints grey values on a canvas of their size.
 *
 * @param canvas The canvas.
 * @param values Values in row-major order.
 * @param maxValue The value painted white.
 */
export function paint(
  canvas: HTMLCanvasElement | null,
  values: ArrayLike<number>,
  maxValue: number,
): void {
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let at = 0; at < values.length; at++) {
    image.data.fill(255 * values[at] / maxValue, 4 * at, 4 * at + 3);
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
