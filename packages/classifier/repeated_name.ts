/**
 * Returns the first name that an object in some JSON has twice. `JSON.parse` silently keeps the
 * last value of such a name.
 *
 * @param json Valid JSON text.
 * @returns The name; undefined if no name is repeated.
 */
export function repeatedName(json: string): string | undefined {
  const objects: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    if (json[at] === "{") objects.push(new Set());
    if (json[at] === "}") objects.pop();
    if (json[at] !== '"') continue;
    const end = endOfString(json, at);
    const name = json.slice(at, end);
    at = end - 1;
    if (!isFollowedByColon(json, end)) continue;
    const names = objects[objects.length - 1];
    // Parsed, since "a" and "\u0061" are the same name.
    const parsed: string = JSON.parse(name);
    if (names.has(parsed)) return parsed;
    names.add(parsed);
  }
  return undefined;
}

/** Returns the index after the closing quote of a string. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(json: string, at: number): boolean {
  while (json[at] === " " || json[at] === "\n" || json[at] === "\r" || json[at] === "\t") at++;
  return json[at] === ":";
}
