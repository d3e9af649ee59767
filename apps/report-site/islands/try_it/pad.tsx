import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Ink, padSide, type Place } from "./ink.ts";
import { paint } from "./pixels.tsx";

/** Properties of {@link Pad}. */
export interface PadProps {
  /** The drawing. */
  readonly ink: Ink;
  /** A value that changes whenever the ink is changed from outside. */
  readonly version: number;
  /** Accessible name of the pad. */
  readonly label: string;
  /** Called after a stroke is drawn. */
  readonly onDraw: () => void;
}

/** The square to draw on, with mouse, finger or pen. */
export function Pad({ ink, version, label, onDraw }: PadProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<Place | undefined>(undefined);
  // Before the browser draws the page: an effect that waits leaves the picture blank until the next frame.
  useLayoutEffect(() => paint(canvas.current, ink.values, 1), [ink, version]);

  const draw = (event: PointerEvent) => {
    const places = event.getCoalescedEvents().length > 0 ? event.getCoalescedEvents() : [event];
    for (const one of places) {
      const place = placeOf(one, event.currentTarget as HTMLElement);
      ink.addLine(last.current ?? place, place);
      last.current = place;
    }
    paint(canvas.current, ink.values, 1);
    onDraw();
  };
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    last.current = undefined;
    draw(event);
  };
  const end = () => {
    last.current = undefined;
  };
  return (
    <canvas
      ref={canvas}
      class="pad"
      width={padSide}
      height={padSide}
      role="img"
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={(event) => last.current && draw(event)}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}

function placeOf({ clientX, clientY }: PointerEvent, element: HTMLElement): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
