import {
  type DenseLayerSpec,
  fromJSONNumber,
  jsonNumber,
  type Label,
  labelsFromJSON,
  labelsToJSON,
} from "@mixtape/tensor-utils";
import type { MlpSettings } from "./mlp_options.ts";
import { checkedSettings, layersOf } from "./mlp_settings.ts";
import { repeatedName } from "./repeated_name.ts";
import {
  readSafetensors,
  type Safetensors,
  type StoredTensor,
  type WriteOptions,
  writeSafetensors,
} from "./safetensors.ts";

/** Contents of a model's file. */
export interface MlpFile {
  /** Settings, checked. */
  readonly settings: MlpSettings;
  /** Kernel [inputs × units] and bias of each layer, in order. */
  readonly weights: readonly Float32Array[];
  /** Names of the classes; absent if classes are numbers from 0. */
  readonly names?: readonly Label[];
}

/** Format name in the metadata of this package's files. */
const format = "mixtape-mlp-1";

/** Writes weights (in PyTorch's layout), settings and names of classes as a safetensors file. */
export function writeMlp(
  { settings, weights, names }: MlpFile,
  options?: WriteOptions,
): Uint8Array {
  const layers = layersOf(settings);
  const tensors = new Map<string, StoredTensor>();
  layers.forEach(({ units }, layer) => {
    const [kernel, bias] = weights.slice(2 * layer);
    const inputs = kernel.length / units;
    const values = transpose(kernel, inputs, units);
    tensors.set(`layers.${layer}.weight`, { shape: [units, inputs], values });
    tensors.set(`layers.${layer}.bias`, { shape: [units], values: bias });
  });
  const metadata = new Map([["format", format], [
    "options",
    JSON.stringify(settings, keepZeroSign),
  ]]);
  if (names) metadata.set("classes", JSON.stringify(labelsToJSON(names)));
  return writeSafetensors({ tensors, metadata }, options);
}

/** Reads the output of {@link writeMlp}. */
export function readMlp(bytes: Uint8Array): MlpFile {
  const file = readSafetensors(bytes);
  if (file.metadata.get("format") !== format) {
    throw new SyntaxError(
      `Cannot read a model: the metadata of the file says format "${
        file.metadata.get("format")
      }", ` +
        `"${format}" is needed`,
    );
  }
  const settings = parseSettings(file.metadata.get("options") ?? "");
  const layers = layersOf(settings);
  if (file.tensors.size !== 2 * layers.length) {
    throw new SyntaxError(
      `Cannot read a model: the file holds ${file.tensors.size} arrays, ` +
        `its ${layers.length} layers need ${2 * layers.length}`,
    );
  }
  return {
    settings,
    weights: layers.flatMap((_, layer) => readLayer(file, layers, layer, settings)),
    names: parseNames(file.metadata.get("classes"), settings.classes),
  };
}

function readLayer(
  file: Safetensors,
  layers: readonly DenseLayerSpec[],
  layer: number,
  settings: MlpSettings,
): Float32Array[] {
  const { units } = layers[layer];
  const inputs = layer === 0 ? settings.inputs : layers[layer - 1].units;
  const kernel = tensorOf(file, `layers.${layer}.weight`, [units, inputs]);
  return [transpose(kernel, units, inputs), tensorOf(file, `layers.${layer}.bias`, [units])];
}

function tensorOf(file: Safetensors, name: string, shape: readonly number[]): Float32Array {
  const tensor = file.tensors.get(name);
  if (!tensor || String(tensor.shape) !== String(shape)) {
    const given = tensor ? `has shape [${tensor.shape}]` : "is missing";
    throw new SyntaxError(`Cannot read a model: "${name}" ${given}, shape [${shape}] is needed`);
  }
  const at = tensor.values.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return tensor.values;
  throw new SyntaxError(
    `Cannot read a model: "${name}" has ${tensor.values[at]} at ${at}, finite numbers are needed`,
  );
}

/** Settings of a file; files from before there were schedules have no schedule. */
const settingNames: Readonly<Record<keyof MlpSettings, "needed" | "optional">> = {
  inputs: "needed",
  hidden: "needed",
  classes: "needed",
  epochs: "needed",
  batchSize: "needed",
  learningRate: "needed",
  learningRateSchedule: "optional",
  weightDecay: "needed",
  labelSmoothing: "needed",
  inputScale: "needed",
  seed: "needed",
};

function parseSettings(text: string): MlpSettings {
  const settings = parseOptions(text);
  const names = Object.keys(settings);
  const other = names.find((name) => !Object.hasOwn(settingNames, name));
  if (other !== undefined) throw invalidOptions(`there is none named "${other}"`);
  for (const [name, presence] of Object.entries(settingNames)) {
    const isThere = Object.hasOwn(settings, name) && settings[name] !== null;
    if (isThere || presence === "optional" && !names.includes(name)) continue;
    throw invalidOptions(`${name} is missing`);
  }
  try {
    return checkedSettings(settings as unknown as MlpSettings);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw invalidOptions(error.message, error);
  }
}

function parseOptions(text: string): Record<string, unknown> {
  let options: unknown;
  try {
    options = JSON.parse(text, (_, value) => fromJSONNumber(value));
  } catch (cause) {
    throw invalidOptions("they are not JSON", cause);
  }
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw invalidOptions("they are not an object");
  }
  const name = repeatedName(text);
  if (name !== undefined) throw invalidOptions(`the name "${name}" comes twice`);
  return options as Record<string, unknown>;
}

function invalidOptions(reason: string, cause?: unknown): SyntaxError {
  return new SyntaxError(`Cannot read a model: its options are not valid (${reason})`, { cause });
}

function keepZeroSign(_name: string, value: unknown): unknown {
  return typeof value === "number" ? jsonNumber(value) : value;
}

function parseNames(text: string | undefined, classes: number): Label[] | undefined {
  if (text === undefined) return undefined;
  try {
    const names = labelsFromJSON(JSON.parse(text), "classes");
    if (names.length === classes) return names;
    throw new RangeError(`there are ${names.length} of them for ${classes} classes`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "they are not JSON";
    throw new SyntaxError(`Cannot read a model: its names of classes are not valid (${reason})`, {
      cause,
    });
  }
}

function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) transposed[j * rows + i] = values[i * columns + j];
  }
  return transposed;
}
