import {
  checkInteger,
  checkNumber,
  fromJSONNumber,
  jsonNumber,
  type Label,
  labelsFromJSON,
  type LabelsJSON,
  labelsToJSON,
} from "@mixtape/tensor-utils";
import { isRecord, type StateShape, wrongKind } from "./state/state_shape.ts";
import { decodeState, type EncodedState, encodeState } from "./state_encoding.ts";

/** A detector as JSON, see {@link Detector.toJSON}. */
export interface DetectorJSON {
  /** Name of the format. */
  readonly format: "mixtape-detector";
  /** Version of the format. */
  readonly version: 1;
  /** Name of the kind of detector. */
  readonly name: string;
  /** The options it was fitted with. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Remarks of the fit, one sentence each. */
  readonly notes: readonly string[];
  /** Names of its classes; absent if classes were given as column numbers. */
  readonly classes?: LabelsJSON;
  /** Fitted state; typed arrays are base64. */
  readonly state: EncodedState;
}

/** Contents of the JSON of a detector, checked. */
export interface StoredDetector<State> {
  /** The options it was fitted with, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Remarks of the fit, one sentence each. */
  readonly notes: readonly string[];
  /** Names of its classes; absent if classes were given as column numbers. */
  readonly classes?: readonly Label[];
  /** Fitted state, checked. */
  readonly state: State;
}

/** Description of a kind of detector that its JSON is checked against. */
export interface StoredKind<State> {
  /** Its own options with their default values: undefined for those that follow from the data. */
  readonly defaults: object;
  /** A value of each of the latter. */
  readonly derived?: object;
  /** Shape of its fitted state. */
  readonly state: StateShape<State>;
}

/** Writes a detector as plain data. */
export function writeDetector(
  name: string,
  stored: StoredDetector<unknown>,
): DetectorJSON {
  const options = Object.fromEntries(
    Object.entries(stored.options).map(([option, value]) => [
      option,
      typeof value === "number" ? jsonNumber(value) : value,
    ]),
  );
  return {
    format: "mixtape-detector",
    version: 1,
    name,
    options,
    notes: stored.notes,
    ...stored.classes && { classes: labelsToJSON(stored.classes) },
    state: encodeState(stored.state),
  };
}

/**
 * Reads the output of {@link writeDetector} and checks every field.
 *
 * @throws {SyntaxError} If an array is damaged.
 * @throws {TypeError} If a field is missing or of the wrong kind.
 * @throws {RangeError} If a field has an invalid value.
 */
export function readDetector<State>(
  { defaults, derived, state }: StoredKind<State>,
  json: Readonly<Record<string, unknown>>,
): StoredDetector<State> {
  const options = readOptions(
    json.options,
    { ...defaults, ...derived },
    Object.keys({ ...derived }),
  );
  const notes = readNotes(json.notes);
  const decoded = decodeState(json.state as EncodedState, "state");
  const classes = json.classes === undefined ? undefined : labelsFromJSON(json.classes, "classes");
  return { options, notes, classes, state: state.check(decoded, "state", new Map()) };
}

function readNotes(json: unknown): readonly string[] {
  if (!Array.isArray(json)) throw wrongKind("notes", json, "a list of sentences");
  json.forEach((note, i) => {
    if (typeof note !== "string") throw wrongKind(`notes[${i}]`, note, "a sentence");
  });
  return json;
}

/**
 * Reads options. They decide no score, but record how the detector was fitted: each must be of a
 * kind that it can have, and present unless it followed from the data.
 */
function readOptions(
  json: unknown,
  examples: object,
  mayBeAbsent: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isRecord(json)) throw wrongKind("options", json, "an object");
  const { seed, ...own } = json;
  const names = Object.keys(examples);
  const other = Object.keys(own).find((name) => !names.includes(name));
  if (other !== undefined) {
    throw new TypeError(
      `Cannot use options.${other}: the options are ${[...names, "seed"].join(", ")}, nothing else`,
    );
  }
  const entries = Object.entries(examples)
    .filter(([name]) => own[name] !== undefined || !mayBeAbsent.includes(name))
    .map(([name, value]) => [name, readOption(own[name], value, `options.${name}`)]);
  return {
    ...Object.fromEntries(entries),
    seed: checkInteger(fromJSONNumber(seed), "options.seed"),
  };
}

function readOption(json: unknown, usual: unknown, path: string): unknown {
  const value = fromJSONNumber(json);
  if (typeof usual === "number") return checkNumber(value, path);
  if (Array.isArray(usual) && Array.isArray(value)) {
    return value.map((item, i) => readOption(item, usual[0], `${path}[${i}]`));
  }
  if (typeof value === typeof usual && typeof value !== "object") return value;
  throw wrongKind(path, value, kindOf(usual));
}

function kindOf(usual: unknown): string {
  if (Array.isArray(usual)) return "a list";
  return typeof usual === "boolean" ? "true or false" : `a ${typeof usual}`;
}
