import lz4 from "lz4js";

const MAGIC = 0x184d2204;
const STORED = 0x80000000;

/**
 * Decompresses an LZ4 frame. The library decompresses its blocks; its own reading of frames takes
 * those with checksums of blocks, as Polars writes them, for others.
 *
 * @param frame The frame.
 * @param size Number of bytes that it holds.
 * @throws {SyntaxError} If it is damaged, or holds another number of bytes.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function decompressFrame(frame: Uint8Array, size: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw damaged();
  const flags = frame[4];
  const hasBlockChecksums = (flags & 16) !== 0;
  // Magic, two bytes of flags, the size and the dictionary if they are there, and a checksum.
  let at = 7 + ((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4);
  const output = new Uint8Array(size);
  let filled = 0;
  for (;;) {
    if (at + 4 > frame.length) throw damaged();
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const length = word % STORED;
    if (at + length > frame.length) throw damaged();
    if (word >= STORED) {
      if (filled + length > size) throw damaged();
      output.set(frame.subarray(at, at + length), filled);
      filled += length;
    } else filled = lz4.decompressBlock(frame, output, at, length, filled);
    at += length + (hasBlockChecksums ? 4 : 0);
  }
  if (filled !== size) throw damaged();
  return output;
}

function damaged(): SyntaxError {
  return new SyntaxError("Cannot decompress the LZ4 frame: it is damaged or cut short");
}
