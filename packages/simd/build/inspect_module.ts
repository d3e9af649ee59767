/** Properties of a compiled kernel module that the host needs. */
export interface ModuleFacts {
  /** Exported functions, in export order: a job names a function by its position in this list. */
  readonly functions: readonly string[];
  /** Offset of the byte that says whether the imported memory is shared (3) or not (1). */
  readonly memoryFlagAt: number;
}

const IMPORT_SECTION = 2;
const DATA_SECTION = 11;
const SHARED_WITH_MAXIMUM = 3;

/**
 * Reads the properties of a kernel module.
 *
 * @throws {SyntaxError} If the module has static data: all modules share one memory, so theirs
 * would collide.
 */
export function inspectModule(name: string, bytes: Uint8Array): ModuleFacts {
  const sections = listSections(bytes);
  if (sections.some(({ id }) => id === DATA_SECTION)) {
    throw new SyntaxError(
      `Cannot accept kernel ${name}: it has static data (a string or array literal), modules share a memory and must have none`,
    );
  }
  const imports = sections.find(({ id }) => id === IMPORT_SECTION);
  const memoryFlagAt = imports ? findMemoryFlag(bytes, imports.start) : -1;
  if (bytes[memoryFlagAt] !== SHARED_WITH_MAXIMUM) {
    throw new SyntaxError(`Cannot accept kernel ${name}: its only import must be a shared memory`);
  }
  const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  const functions = WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === "function").map((entry) => entry.name);
  return { functions, memoryFlagAt };
}

function listSections(bytes: Uint8Array): { id: number; start: number }[] {
  const sections: { id: number; start: number }[] = [];
  for (let at = 8; at < bytes.length;) {
    const size = readUnsigned(bytes, at + 1);
    sections.push({ id: bytes[at], start: size.next });
    at = size.next + size.value;
  }
  return sections;
}

/** Returns the offset of the limits in `1 × "env" "memory" (memory …)`. */
function findMemoryFlag(bytes: Uint8Array, start: number): number {
  const module = readUnsigned(bytes, start + 1);
  const field = readUnsigned(bytes, module.next + module.value);
  return field.next + field.value + 1;
}

function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0;; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, next: at };
  }
}
