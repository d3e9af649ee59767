import assert from "node:assert/strict";
import { random, useBackend } from "@mixtape/tensor-utils";
import { defineDetector } from "./detector.ts";
import type { DetectorJSON } from "./detector_json.ts";
import type { TrainingEvidence } from "./evidence.ts";
import { detectorFromJSON, detectorNamed, detectors } from "./registry.ts";
import * as state from "./state/mod.ts";

await useBackend("cpu");

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [name: string]: Json;
}
type Path = readonly string[];
type Damage = readonly [what: string, damaged: Json | undefined];

const [rows, classes] = [40, 3];

function evidence(seed: number, units = 4): TrainingEvidence {
  const source = random(seed);
  const normals = (n: number) => Float32Array.from({ length: n }, () => source.normal());
  const matrix = (n: number, d: number) => ({ values: normals(n * d), shape: [n, d] as const });
  return {
    logits: matrix(rows, classes),
    activations: [matrix(rows, 5), matrix(rows, units)],
    inputs: matrix(rows, 6),
    labels: Int32Array.from({ length: rows }, (_, i) => i % classes),
    head: { weights: matrix(units, classes), bias: normals(classes) },
  };
}

/** Options of some detectors; those that would follow from the data are given. */
const options: Record<string, object> = {
  "gmm": { components: [2], covariances: ["full"], maxRows: 12000 },
  "gmm++": { components: [2] },
  "knn": { maxRows: 1000 },
  "neco": { axes: 2 },
  "vim": { dimensions: 1 },
  "ppca": { components: 2 },
};

async function jsonOf(name: string, units?: number): Promise<JsonObject> {
  using detector = await detectorNamed(name)(evidence(1, units), options[name]);
  return JSON.parse(JSON.stringify(detector));
}

function restore(json: JsonObject) {
  return detectorFromJSON(json as unknown as DetectorJSON);
}

/** Each place in some JSON, typed arrays as a whole. */
function* places(json: Json, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof json !== "object" || json === null || isArray(json)) return;
  for (const [name, part] of Object.entries(json)) yield* places(part, [...path, name]);
}

/** The JSON with one place damaged, or left out where that is undefined. */
function damagedAt(json: JsonObject, path: Path, damaged: Json | undefined): JsonObject {
  const copy = structuredClone(json);
  const parent = partAt(copy, path.slice(0, -1)) as JsonObject;
  const last = path[path.length - 1];
  if (damaged !== undefined) parent[last] = damaged;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

function partAt(json: Json, path: Path): Json {
  return path.reduce<Json>((part, name) => (part as JsonObject)[name], json);
}

const arrayTypes = { Float64Array, Float32Array, Uint32Array };

interface ArrayJson extends JsonObject {
  readonly type: keyof typeof arrayTypes;
  readonly base64: string;
}

function isArray(json: Json): json is ArrayJson {
  return typeof json === "object" && json !== null && "base64" in json;
}

function numbersOf({ type, base64 }: ArrayJson): number[] {
  const bytes = Uint8Array.fromBase64(base64);
  return [...new arrayTypes[type](bytes.buffer)];
}

function arrayOf(numbers: number[], type: ArrayJson["type"]): ArrayJson {
  const bytes = new Uint8Array(arrayTypes[type].from(numbers).buffer);
  return { type, base64: bytes.toBase64() };
}

/** Yields the ways to damage a typed array of any numbers. */
function* arrayDamages(json: ArrayJson): Generator<Damage> {
  const { type, base64 } = json;
  const numbers = numbersOf(json);
  yield ["one element fewer", arrayOf(numbers.slice(1), type)];
  yield ["one element more", arrayOf([...numbers, 1], type)];
  yield ["no elements", arrayOf([], type)];
  yield ["bytes missing", { type, base64: base64.slice(4) }];
  yield ["damaged base64", { type, base64: `*${base64.slice(1)}` }];
  yield ["numbers in a list", numbers];
  if (type === "Uint32Array") {
    yield ["another order", arrayOf(numbers.toReversed().with(0, 1), type)];
    return;
  }
  yield ["NaN in it", arrayOf(numbers.with(numbers.length - 1, NaN), type)];
  yield ["an infinity in it", arrayOf(numbers.with(numbers.length - 1, -Infinity), type)];
}

/** The names of numbers that cannot be below 0. */
const neverNegative =
  /columns|kept|gaps|(state\.classes|topClasses|units)$|\bk$|dimensions|boxAxes|scale$|excess|noise|width|deviation|temperature|gamma|weights\.\d/;

/** Yields the ways to damage a part of a detector's JSON. */
function* damages(part: Json, name: string, mayBeAbsent: boolean): Generator<Damage> {
  const isNote = /(^|\.)notes\.\d+$/.test(name);
  const isOneOfMany = /^options\.\w+\.\d+$|lowerBoundHistory\.\d+$/.test(name);
  // A list of sentences, and a history of bounds, may have any length.
  const isHistory = /(^|\.)notes$/.test(name) || name.endsWith("lowerBoundHistory");
  if (!isNote && !isOneOfMany && !mayBeAbsent) yield ["left out", undefined];
  yield ["null", null];
  if (typeof part !== "string") yield ["a text", "damaged"];
  yield ["an object", { other: 1 }];
  yield [typeof part === "boolean" ? "a number" : "true", typeof part === "boolean" ? 1 : true];
  if (typeof part === "number") {
    yield ["NaN", NaN];
    yield ["an infinity", Infinity];
    if (neverNegative.test(name) && name.startsWith("state")) yield ["a negative number", -1];
  }
  if (Array.isArray(part) && !isHistory && !name.startsWith("options")) {
    yield ["one entry more", [...part, part[0]]];
    yield ["one entry fewer", part.slice(1)];
  }
  if (!isArray(part)) return;
  yield* arrayDamages(part);
  if (!name.includes("weights")) {
    const other = part.type === "Float32Array" ? "Float64Array" : "Float32Array";
    yield ["another type", arrayOf(numbersOf(part), other)];
  }
  if (neverNegative.test(name) && part.type !== "Uint32Array") {
    yield ["a negative number in it", arrayOf(numbersOf(part).with(0, -1), part.type)];
  }
}

function assertRefused(json: JsonObject, path: Path, [what, damaged]: Damage): void {
  const name = path.join(".");
  try {
    restore(damagedAt(json, path, damaged));
  } catch (error) {
    assert.ok(error instanceof SyntaxError, `${name}, ${what}: ${error}`);
    // The message names a field: this one, or another that does not fit it any more.
    assert.match(error.message, /^Cannot read /, `${name}, ${what}`);
    const field = path[path.length - 1];
    const isWhole = damaged === null || damaged === undefined || damaged === "damaged";
    if (isWhole && !/^\d+$/.test(field)) {
      assert.ok(error.message.includes(field), `${name}, ${what}: ${error.message}`);
    }
    return;
  }
  assert.fail(`${name}, ${what}: it was read`);
}

const cases: [name: string, units?: number][] = detectors.map(({ name }) => [name]);
// A layer of many units is searched by products, and so holds its rows in another way.
cases.push(["knn", 70]);

for (const [name, units] of cases) {
  Deno.test(`detectorFromJSON() refuses ${name} of ${units ?? 4} units with any field damaged`, async () => {
    const json = await jsonOf(name, units);
    const { defaults } = detectorNamed(name) as unknown as { defaults: Record<string, unknown> };
    restore(json);
    for (const path of places(json)) {
      const part = partAt(json, path);
      const [first, option] = path;
      const mayBeAbsent = first === "options" && option in defaults &&
        defaults[option] === undefined && path.length === 2;
      for (const damage of damages(part, path.join("."), mayBeAbsent)) {
        assertRefused(json, path, damage);
      }
    }
    for (const state of [[], "{}", 1]) {
      assert.throws(() => restore({ ...json, state }), SyntaxError);
    }
    if (Object.keys(json.state as JsonObject).length === 0) return;
    assert.throws(
      () => restore({ ...json, state: {} }),
      /SyntaxError: Cannot read a detector: cannot use state\.\w+/,
    );
  });
}

Deno.test("detectorFromJSON() keeps every bit of every number, −0 included", async () => {
  const kind = defineDetector({
    name: "any",
    title: "Any",
    cite: { authors: "Nobody", title: "None", year: 2026, url: "https://example.org" },
    needs: [],
    defaults: { shift: 1 },
    state: state.record({
      numbers: state.list("numbers", state.number()),
      array: state.float64s(["numbers"]),
    }),
    fit: () => {
      const numbers = [-0, 0, 5e-324, -1e308];
      return { numbers, array: Float64Array.from(numbers) };
    },
    score: ({ numbers, array }) => Float64Array.of(...numbers, ...array),
  });
  using fitted = await kind(evidence(0), { shift: -0 });
  using again = detectorFromJSON(JSON.parse(JSON.stringify(fitted)), { kinds: [kind] });
  const bits = async (detector: typeof fitted) =>
    new BigUint64Array((await detector.score(evidence(0))).buffer);
  assert.deepEqual(await bits(again), await bits(fitted));
  assert.ok(Object.is(again.options.shift, -0));
});

Deno.test("defineDetector() hands out no detector that could not be read back", async () => {
  const kind = defineDetector({
    name: "overflowing",
    title: "Overflowing",
    cite: { authors: "Nobody", title: "None", year: 2026, url: "https://example.org" },
    needs: [],
    defaults: {},
    state: state.record({ mean: state.number() }),
    fit: () => ({ mean: Infinity }),
    score: () => new Float64Array(rows),
  });
  await assert.rejects(kind(evidence(0)), {
    name: "RangeError",
    message: /^Cannot fit overflowing: .*state\.mean: Infinity.*smaller activations are needed$/,
  });
});

Deno.test("detectorFromJSON() reads options of every kind that they can have, and names any other", async () => {
  const json = await jsonOf("gmm");
  const read = (options: Json) => restore({ ...json, options }).options;
  const options = json.options as JsonObject;
  assert.deepEqual(read(options), options);
  const { maxRows: _, covariances: __, ...fixed } = options;
  assert.deepEqual(read(fixed), fixed);
  const lists = {
    components: [1],
    covariances: ["diagonal", "tied"],
    maxRows: 7,
    criterion: "aic",
  };
  assert.deepEqual(read({ ...options, ...lists }), { ...options, ...lists });

  const cases: [JsonObject, string][] = [
    [{ maxRows: "7" }, 'options.maxRows: "7" was given, a number is needed'],
    [{ maxRows: [7] }, "options.maxRows: an array of 1 was given, a number is needed"],
    [{ maxRows: null }, "options.maxRows: null was given, a number is needed"],
    [{ components: 5 }, "options.components: 5 was given, a list is needed"],
    [{ components: null }, "options.components: null was given, a list is needed"],
    [{ components: [1, "2"] }, 'options.components[1]: "2" was given, a number is needed'],
    [{ covariances: true }, "options.covariances: true was given, a list is needed"],
    [{ covariances: "full" }, 'options.covariances: "full" was given, a list is needed'],
    [
      { covariances: ["full", 1] },
      "options.covariances[1]: 1 was given, a string is needed",
    ],
    [{ criterion: { a: 1 } }, "options.criterion: an object was given, a string is needed"],
    [{ tolerance: null }, "options.tolerance: null was given, a number is needed"],
    [
      { other: 1 },
      "options.other: the options are components, covariances, maxRows, criterion, regularization, " +
      "tolerance, maxIterations, seed, nothing else",
    ],
  ];
  for (const [changes, problem] of cases) {
    assert.throws(() => read({ ...options, ...changes }), (error) => {
      assert.equal((error as Error).message, `Cannot read a detector: cannot use ${problem}`);
      return true;
    });
  }
  assert.throws(
    () => read([]),
    /^SyntaxError: Cannot read a detector: cannot use options: an array of 0 was given, an object/,
  );
  assert.throws(() => restore(undefined as unknown as JsonObject), SyntaxError);
  const kinds = [detectorNamed("energy")];
  assert.throws(() => detectorFromJSON({ ...json, name: "gmm++" }, { kinds }), {
    name: "SyntaxError",
    message:
      'Cannot read a detector: cannot use name: "gmm++" was given, one of "energy" is needed',
  });
  for (const other of [undefined, { ...json, version: 2 }]) {
    assert.throws(() => detectorFromJSON(other), {
      name: "SyntaxError",
      message: /^Cannot read a detector: .* version 1 is needed$/,
    });
  }
});
