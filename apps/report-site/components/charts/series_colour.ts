/** Colours of the palette, `series-1` to `series-6`. */
const colours = 6;

/**
 * Chooses the colour of one of many series; after the last colour, the first comes again.
 *
 * @param index Position of the series, from 0.
 * @returns Number of the colour in the palette, from 1.
 */
export function seriesColour(index: number): number {
  return index % colours + 1;
}
