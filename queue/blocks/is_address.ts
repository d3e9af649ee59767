/**
 * Tells addresses from paths.
 *
 * @param path The path or address.
 */
export function isAddress(path: string): boolean {
  return /^https?:\/\//i.test(path);
}
