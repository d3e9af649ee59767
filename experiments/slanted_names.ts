/** Most names that fit side by side above a matrix, whatever their length. */
const MOST_UPRIGHT = 4;

/** Length of names that fit side by side, however many. */
const SHORT = 4;

/** Returns true if names above the columns of a matrix need to be slanted, as too many are too long. */
export function areSlanted(names: readonly string[]): boolean {
  return names.length > MOST_UPRIGHT && names.some((name) => name.length > SHORT);
}
