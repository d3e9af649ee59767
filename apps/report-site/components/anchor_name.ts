/** Letters that may stand in an anchor, in the name of a file and in a link to either as they are. */
const plain = /^[a-z0-9][a-z0-9._-]{0,47}$/;

/**
 * Converts a name from the data to a part of an anchor or file name.
 *
 * @param name Any text.
 * @returns The name itself if it is short and plain; else what is plain of it, and a hash that tells
 * it from others.
 */
export function anchorName(name: string): string {
  if (plain.test(name)) return name;
  const stem = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, 32);
  return `${stem}-${hash(name)}`.replace(/^-+/, "");
}

/** Hashes a text by FNV-1a over UTF-16 units, which runs in browsers and gives the same everywhere. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  return (state >>> 0).toString(16).padStart(8, "0");
}
