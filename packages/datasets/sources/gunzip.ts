import { fileBytes } from "../bytes.ts";
import { type ByteSource, chunksSource, streamChunks } from "./byte_source.ts";
import { nodeModule } from "./node_module.ts";

/** Returns true if bytes begin like a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Returns what a gzip file holds as a source, decompressed while it is read; its name loses the
 * ending `.gz`.
 */
export function gunzipSource(source: ByteSource): ByteSource {
  return chunksSource(gunzip(source), source.name.replace(/\.gz$/i, ""));
}

async function* gunzip(source: ByteSource): AsyncGenerator<Uint8Array> {
  try {
    const zlib = nodeModule("node:zlib");
    // Outside browsers, by Node's module: Deno's DecompressionStream refuses files of several
    // members (`cat a.gz b.gz`, bgzip).
    if (zlib === undefined) yield* gunzipInBrowser(source);
    else yield* gunzipInNode(source, zlib);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new SyntaxError(
      `Cannot read ${source.name}: it begins like a gzip file, but is cut short, damaged, ` +
        `or has something after its end`,
      { cause },
    );
  }
}

async function* gunzipInNode(
  source: ByteSource,
  { createGunzip }: typeof import("node:zlib"),
): AsyncGenerator<Uint8Array> {
  const output = createGunzip({ chunkSize: 2 ** 18 });
  const feed = async () => {
    try {
      for await (const chunk of source.chunks()) {
        if (output.destroyed) return;
        // Chunks are reused by whoever gives them.
        if (!output.write(chunk.slice())) {
          await new Promise<void>((resolve) => {
            output.once("drain", resolve);
            output.once("close", resolve);
          });
        }
      }
      output.end();
    } catch (error) {
      output.destroy(error as Error);
    }
  };
  const fed = feed();
  try {
    for await (const chunk of output) yield fileBytes(chunk, source.name);
  } finally {
    output.destroy();
    await fed;
  }
}

async function* gunzipInBrowser(source: ByteSource): AsyncGenerator<Uint8Array> {
  const iterator = source.chunks()[Symbol.asyncIterator]();
  const compressed = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value.slice());
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  yield* streamChunks(compressed.pipeThrough(new DecompressionStream("gzip")), source.name);
}
