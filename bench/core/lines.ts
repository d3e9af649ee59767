/**
 * Splits a stream of text into lines; the last one may lack a line break.
 *
 * @param stream Bytes in UTF-8.
 * @returns The lines, without their line breaks.
 */
export async function* lines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
  if (rest !== "") yield rest;
}
