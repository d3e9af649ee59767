/** A rectangle in the units of a drawing; a point is one without extent. */
export interface Box {
  /** Left edge. */
  readonly left: number;
  /** Upper edge. */
  readonly top: number;
  /** Right edge. */
  readonly right: number;
  /** Lower edge. */
  readonly bottom: number;
}

/** A mark of a chart that has a place in it. */
export interface Placed {
  /** The series that it belongs to. */
  readonly series: string;
  /** Bounding box of the mark. */
  readonly box: Box;
}

/** A key that moves from mark to mark. */
export type MoveKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End";

/** Returns true for keys that move from mark to mark. */
export function isMoveKey(key: string): key is MoveKey {
  return ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(key);
}

/**
 * The mark nearest to a point; of several that hold it, the smallest.
 *
 * @param marks The marks.
 * @param x Position in the units of the drawing.
 * @param y The same, downwards.
 * @param reach The largest distance that counts.
 * @returns Its place in the list; nothing if none is within reach.
 */
export function nearestMark(
  marks: readonly Placed[],
  x: number,
  y: number,
  reach: number,
): number | undefined {
  let found: number | undefined;
  let least = { distance: reach, area: Infinity };
  for (const [at, { box }] of marks.entries()) {
    const distance = Math.hypot(
      Math.max(box.left - x, 0, x - box.right),
      Math.max(box.top - y, 0, y - box.bottom),
    );
    const area = (box.right - box.left) * (box.bottom - box.top);
    if (distance > least.distance || (distance === least.distance && area >= least.area)) continue;
    [found, least] = [at, { distance, area }];
  }
  return found;
}

/** The marks of other series that lie where a mark lies, so that only one of them can be seen. */
export function marksBelow<Mark extends Placed>(marks: readonly Mark[], at: number): Mark[] {
  const { series, box } = marks[at];
  const { x, y } = centre(box);
  return marks.filter((other) => {
    const place = centre(other.box);
    return other.series !== series && Math.hypot(place.x - x, place.y - y) < 1;
  });
}

/**
 * The mark that a key leads to: left and right along a series, to its first and last, up and down to the nearest mark
 * of the series before or after it.
 *
 * @param marks The marks, each series' own in their order.
 * @param at Index of the current mark.
 * @param key The key that was pressed.
 * @returns Index of the next mark; `at` if there is none in that direction.
 */
export function markAfter(marks: readonly Placed[], at: number, key: MoveKey): number {
  const own = placesOf(marks, marks[at].series);
  if (key === "Home") return own[0];
  if (key === "End") return own[own.length - 1];
  if (key === "ArrowLeft") return own[own.indexOf(at) - 1] ?? at;
  if (key === "ArrowRight") return own[own.indexOf(at) + 1] ?? at;
  const names = [...new Set(marks.map((mark) => mark.series))];
  const other = names[names.indexOf(marks[at].series) + (key === "ArrowUp" ? -1 : 1)];
  if (other === undefined) return at;
  const { x, y } = centre(marks[at].box);
  const far = (place: number) => {
    const to = centre(marks[place].box);
    // Series are compared at the same place along the horizontal axis.
    return Math.abs(to.x - x) + 1e-3 * Math.abs(to.y - y);
  };
  return placesOf(marks, other).reduce((best, place) => far(place) < far(best) ? place : best);
}

function placesOf(marks: readonly Placed[], series: string): number[] {
  return marks.flatMap((mark, place) => mark.series === series ? [place] : []);
}

/** The middle of a box. */
export function centre(box: Box): { readonly x: number; readonly y: number } {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}
