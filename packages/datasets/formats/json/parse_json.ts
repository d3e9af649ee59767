/**
 * Parses JSON, and names the line of what is wrong with it.
 *
 * @param text The text.
 * @param name Name of the file in error messages.
 * @param firstLine Line of the file at which the text begins.
 * @throws {SyntaxError} If it is no JSON.
 */
export function parseJson(text: string, name: string, firstLine: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as SyntaxError;
    const place = /position (\d+)/.exec(message);
    const before = text.slice(0, place === null ? text.trimEnd().length : Number(place[1]));
    const line = firstLine + before.split("\n").length - 1;
    const hint = /\b(NaN|-?Infinity)\b/.test(text)
      ? "; NaN and Infinity are no JSON, null stands for a missing value"
      : "";
    throw new SyntaxError(`Cannot read ${name}: line ${line} is no JSON (${message})${hint}`, {
      cause,
    });
  }
}
