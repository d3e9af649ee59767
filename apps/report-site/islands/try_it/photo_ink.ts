import { backgroundOf } from "./background.ts";
import type { GreyImage } from "./ink.ts";

/** Least contrast of ink to paper, as a share of black to white. */
const leastContrast = 0.05;

/** Standard deviations of the noise from which on a pixel is not paper. */
const beyondNoise = 4;

/** Least area of what is drawn, as a share of the picture: less is a speck of the paper or of its compression. */
const leastArea = 0.0005;

/** Least ink of a separate part, as a share of that of the largest. */
const leastPart = 0.02;

/** Times that a colour must show more of a drawing than brightness does, to be looked at instead. */
const clearer = 1.5;

/**
 * Finds what is drawn on a photograph or a scan: dark lines on bright paper as well as bright lines on dark ground,
 * in uneven light, on paper with a texture.
 *
 * @param image Brightness of each pixel, from 0 (black) to 1 (white).
 * @param colours The same of single colours, in one of which a drawing may stand out that is as bright as its paper.
 * @returns Ink of each pixel, from 0 to 1.
 */
export function inkOfPhoto(image: GreyImage, colours: readonly GreyImage[] = []): GreyImage {
  const { values, width, height } = image;
  const plain = drawnOn(image);
  const { away, parts } = colours.map(drawnOn)
    .filter(({ mass }) => mass > clearer * plain.mass)
    .reduce((best, found) => found.mass > best.mass ? found : best, plain);
  const places = parts.flatMap((part) => part.places);
  const ink = new Float32Array(values.length);
  if (places.length === 0) return { values: ink, width, height };
  const full = places.map((at) => away[at]).sort((a, b) => a - b)[Math.floor(0.8 * places.length)];
  for (const at of places) ink[at] = Math.min(1, away[at] / full);
  return { values: ink, width, height };
}

/** A drawing found on a picture: how far each pixel is from paper, the parts that count, and the sum over them. */
interface Drawn {
  readonly away: Float32Array;
  readonly parts: readonly Part[];
  readonly mass: number;
}

/** Finds what is darker than the paper, or what is brighter if that is more. */
function drawnOn(image: GreyImage): Drawn {
  const { values, width, height } = image;
  const { paper, noise } = backgroundOf(image);
  const darker = values.map((value, at) => paper[at] - value);
  const threshold = Math.max(leastContrast, beyondNoise * noise);
  const [dark, bright] = [darker, darker.map((value) => -value)].map((away): Drawn => {
    const parts = partsAbove({ values: away, width, height }, threshold);
    return { away, parts, mass: parts.reduce((sum, { mass }) => sum + mass, 0) };
  });
  return dark.mass >= bright.mass ? dark : bright;
}

interface Part {
  readonly places: readonly number[];
  readonly mass: number;
}

/** Returns the connected parts of an image above a threshold, without specks. */
function partsAbove({ values, width, height }: GreyImage, threshold: number): Part[] {
  const seen = values.map((value) => value < threshold ? 1 : 0);
  const parts: Part[] = [];
  for (let first = 0; first < seen.length; first++) {
    if (seen[first]) continue;
    const places = [first];
    seen[first] = 1;
    for (let next = 0; next < places.length; next++) {
      for (const at of neighbours(places[next], width, height)) {
        if (seen[at]) continue;
        seen[at] = 1;
        places.push(at);
      }
    }
    parts.push({ places, mass: places.reduce((sum, at) => sum + values[at], 0) });
  }
  const largest = parts.reduce((most, { mass }) => Math.max(most, mass), 0);
  return parts.filter(({ places, mass }) =>
    places.length >= leastArea * values.length && mass >= leastPart * largest
  );
}

/** Places of the pixels beside, above, below and diagonal. */
function neighbours(at: number, width: number, height: number): number[] {
  const [row, column] = [Math.floor(at / width), at % width];
  const found: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
      found.push(y * width + x);
    }
  }
  return found;
}
