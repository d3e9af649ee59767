/**
 * Tells whether a JPEG file ends before its picture does, as a download that broke off: browsers paint what there is,
 * and grey below it.
 *
 * @param bytes The file.
 * @returns False for a file of another format.
 * @see ITU-T T.81, B.1.1: https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function endsEarly(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return false;
  for (let at = 2; at + 1 < bytes.length;) {
    const marker = bytes[at] === 0xff ? bytes[at + 1] : undefined;
    if (marker === 0xd9) return false;
    at += markerLength(marker) ?? 2 + 256 * bytes[at + 2] + bytes[at + 3];
  }
  return true;
}

/** Bytes from one that may open a marker to the next; nothing for a segment, which says its length itself. */
function markerLength(marker: number | undefined): number | undefined {
  // Compressed data, and bytes that fill a gap before a marker.
  if (marker === undefined || marker === 0xff) return 1;
  // The value 255 in compressed data, TEM, and where decoding restarts.
  return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7) ? 2 : undefined;
}
