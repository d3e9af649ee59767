import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { padSide, type Place } from "./ink.ts";
import { paint } from "./pixels.tsx";
import type { Sketch } from "./sketch.ts";

/** Properties of {@link Pad}. */
export interface PadProps {
  /** The drawing. */
  readonly sketch: Sketch;
  /** A value that changes whenever the drawing is changed from outside. */
  readonly version: number;
  /** True while a file is dragged over the page that may be dropped here. */
  readonly isTarget: boolean;
  /** Accessible name of the pad. */
  readonly label: string;
  /** Called after a stroke is drawn. */
  readonly onDraw: () => void;
}

/** The square to draw on, with mouse, finger or pen. */
export function Pad({ sketch, version, isTarget, label, onDraw }: PadProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDown = useRef(false);
  // Before the browser draws the page: an effect that waits leaves the picture blank until the next frame.
  useLayoutEffect(() => paint(canvas.current, sketch.ink.values, 1), [sketch, version]);

  const shown = () => {
    paint(canvas.current, sketch.ink.values, 1);
    onDraw();
  };
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    isDown.current = true;
    sketch.begin(placeOf(event, element));
    shown();
  };
  const draw = (event: PointerEvent) => {
    if (!isDown.current) return;
    const element = event.currentTarget as HTMLElement;
    const places = event.getCoalescedEvents().length > 0 ? event.getCoalescedEvents() : [event];
    for (const one of places) sketch.extend(placeOf(one, element));
    shown();
  };
  const end = () => {
    isDown.current = false;
  };
  return (
    <canvas
      ref={canvas}
      class={isTarget ? "pad target" : "pad"}
      width={padSide}
      height={padSide}
      role="img"
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}

function placeOf({ clientX, clientY }: PointerEvent, element: HTMLElement): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
