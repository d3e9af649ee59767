/**
 * A WebAssembly module of two loops that touch no memory, put together by hand:
 * - `chain(n)`: n × 64 additions, each waiting for the one before, one a cycle: it tells the clock.
 * - `multiplyAdd(n)`: n × 24 four-lane multiply-adds in 12 independent chains, which is more than the
 *   processor can have under way: it tells how many it does a second.
 *
 * @see https://webassembly.github.io/spec/core/binary/
 */
export const loops = { additions: 64, multiplyAdds: 24 } as const;

/** The exports of the module. */
export interface Loops {
  /** Runs n rounds of dependent additions. */
  readonly chain: (n: number) => number;
  /** Runs n rounds of independent multiply-adds. */
  readonly multiplyAdd: (n: number) => number;
}

/**
 * Instantiates the loops.
 *
 * @returns The two functions.
 * @throws {WebAssembly.CompileError} If the engine lacks relaxed SIMD.
 */
export function instantiateLoops(): Loops {
  const module = new WebAssembly.Module(assemble());
  return new WebAssembly.Instance(module).exports as unknown as Loops;
}

const i32 = 0x7f;
const f32 = 0x7d;
const v128 = 0x7b;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const constant = (value: number) => [0x41, value];
const addition = [0x6a];
const exclusiveOr = [0x73];
const splat = [0xfd, 0x13];
const relaxedMultiplyAdd = [0xfd, 0x85, 0x02];
const firstLane = [0xfd, 0x1f, 0];

const accumulators = 12;

function assemble(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 1, i32, 1, i32], [0x60, 1, i32, 1, f32]])),
    ...section(3, vector([[0], [1]])),
    ...section(7, vector([exported("chain", 0), exported("multiplyAdd", 1)])),
    ...section(10, vector([chainBody(), multiplyAddBody()])),
  ]);
}

/** Body of `chain`: parameter 0 counts rounds down; local 1 is the sum, local 2 the number that is mixed in. */
function chainBody(): number[] {
  // Alternating operations, which no compiler can merge.
  const pair = [...get(1), ...get(2), ...addition, ...set(1), ...get(1), ...get(0), ...exclusiveOr];
  const step = [...pair, ...set(1)];
  return body([[2, i32]], [
    ...constant(3),
    ...set(2),
    ...rounds(Array.from({ length: loops.additions / 2 }, () => step).flat()),
    ...get(1),
  ]);
}

/** Body of `multiplyAdd`: locals 1…12 accumulate, 13 and 14 are the factors. */
function multiplyAddBody(): number[] {
  const [left, right] = [accumulators + 1, accumulators + 2];
  const chains = Array.from({ length: accumulators }, (_, i) => i + 1);
  const once = chains.flatMap((chain) => [
    ...get(left),
    ...get(right),
    ...get(chain),
    ...relaxedMultiplyAdd,
    ...set(chain),
  ]);
  const total = chains.slice(1).flatMap((chain) => [...get(chain), 0xfd, 0xe4, 0x01]);
  const half = [0x43, 0, 0, 0, 0x3f];
  return body([[accumulators + 2, v128]], [
    ...[...half, ...splat, ...set(left), ...half, ...splat, ...set(right)],
    ...rounds(Array.from({ length: loops.multiplyAdds / accumulators }, () => once).flat()),
    ...[...get(1), ...total, ...firstLane],
  ]);
}

/** Wraps code in `do { code } while (--n)`, n being parameter 0. */
function rounds(code: readonly number[]): number[] {
  const next = [...get(0), ...constant(1), 0x6b, 0x22, 0, 0x0d, 0];
  return [0x03, 0x40, ...code, ...next, 0x0b];
}

function body(locals: readonly (readonly number[])[], code: readonly number[]): number[] {
  return sized([...vector(locals), ...code, 0x0b]);
}

function exported(name: string, index: number): number[] {
  return [...sized([...name].map((letter) => letter.charCodeAt(0))), 0x00, index];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

/** Encodes a number in unsigned LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [value % 128 | 128, ...unsigned(Math.floor(value / 128))];
}
