/** A place on the pad, in shares of its side: 0,0 is top left and 1,1 bottom right. */
export interface Place {
  /** From the left. */
  readonly x: number;
  /** From the top. */
  readonly y: number;
}

/** A grey picture of any size: 0 is paper, 1 is full ink. */
export interface GreyImage {
  /** Ink of each pixel, row by row. */
  readonly values: Float32Array;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Pixels along a side of the pad: seven for each pixel of an MNIST image. */
export const padSide = 196;

/** Width of the pen, in shares of the pad's side: about as bold as MNIST's once a digit is scaled. */
const penWidth = 0.085;

/**
 * A drawing as pixels. The same strokes give the same pixels in every browser, which a canvas does not guarantee.
 */
export class Ink implements GreyImage {
  /** Ink of each pixel, row by row. */
  readonly values: Float32Array = new Float32Array(padSide * padSide);
  /** Pixels in a row. */
  readonly width = padSide;
  /** Rows. */
  readonly height = padSide;

  /** Draws a straight line with a round pen; a line from a place to itself is a dot. */
  addLine(from: Place, to: Place): void {
    const radius = penWidth * padSide / 2;
    const [ax, ay, bx, by] = [from.x, from.y, to.x, to.y].map((share) => share * padSide);
    const [first, last] = span(ay, by, radius);
    const [left, right] = span(ax, bx, radius);
    for (let row = first; row < last; row++) {
      for (let column = left; column < right; column++) {
        const away = distance(column + 0.5, row + 0.5, [ax, ay, bx, by]);
        // Half a pixel of grey on the border of the line keeps it smooth.
        const ink = Math.min(1, Math.max(0, radius + 0.5 - away));
        const at = row * padSide + column;
        if (ink > this.values[at]) this.values[at] = ink;
      }
    }
  }

  /** Draws lines from each place to the next. */
  addStroke(places: readonly Place[]): void {
    places.forEach((place, at) => this.addLine(places[Math.max(0, at - 1)], place));
  }

  /** Takes all ink away. */
  clear(): void {
    this.values.fill(0);
  }
}

/** Pixels from and up to which a line has ink along one axis, inside the pad. */
function span(a: number, b: number, radius: number): [from: number, to: number] {
  return [
    Math.max(0, Math.floor(Math.min(a, b) - radius - 1)),
    Math.min(padSide, Math.ceil(Math.max(a, b) + radius + 1)),
  ];
}

/** Distance of a point to the line from a to b. */
function distance(
  x: number,
  y: number,
  [ax, ay, bx, by]: readonly number[],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squared;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
