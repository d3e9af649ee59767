import {
  activationNames,
  checkChoice,
  checkInteger,
  checkNumber,
  type DenseLayerSpec,
  type HostMatrix,
  inPieces,
  largestMagnitude,
  type OptionNames,
} from "@mixtape/tensor-utils";
import type { LearningRateSchedule, MlpOptions, MlpSettings } from "./mlp_options.ts";
import { referenceLayers } from "./reference_layers.ts";

/** Largest number of units of a layer: more is a slip, and would exhaust the memory. */
export const maxUnits = 65536;

const schedules: readonly LearningRateSchedule[] = ["constant", "linear"];

/** Names of the options of {@link mlpClassifier}. */
export const mlpOptionNames: OptionNames<MlpOptions> = {
  hidden: true,
  classes: true,
  epochs: true,
  batchSize: true,
  learningRate: true,
  learningRateSchedule: true,
  weightDecay: true,
  labelSmoothing: true,
  inputScale: true,
  validation: true,
  seed: true,
  onBatch: true,
  onEpoch: true,
  signal: true,
};

/**
 * Checks options and fills in defaults, which may depend on the data and on the number of classes
 * in its labels.
 */
export async function mlpSettings(
  x: HostMatrix,
  classes: number,
  options: MlpOptions,
): Promise<MlpSettings> {
  return checkedSettings({
    inputs: x.shape[1],
    hidden: options.hidden ?? referenceLayers,
    classes: options.classes ?? classes,
    epochs: options.epochs ?? 20,
    batchSize: options.batchSize ?? 1024,
    learningRate: options.learningRate ?? 0.002,
    learningRateSchedule: options.learningRateSchedule,
    weightDecay: options.weightDecay ?? 0,
    labelSmoothing: options.labelSmoothing ?? 0,
    inputScale: options.inputScale ?? await defaultScale(x, options.signal),
    seed: options.seed ?? 0,
  });
}

/** Settings before they are checked; files from before there were schedules have no schedule. */
type GivenSettings =
  & Omit<MlpSettings, "learningRateSchedule">
  & Pick<MlpOptions, "learningRateSchedule">;

/** Checks settings, from a caller or from a file. */
export function checkedSettings(settings: GivenSettings): MlpSettings {
  return Object.freeze({
    inputs: checkInteger(settings.inputs, "inputs", { min: 1 }),
    hidden: checkedLayers(settings.hidden),
    classes: checkInteger(settings.classes, "classes", { min: 2, max: maxUnits }),
    epochs: checkInteger(settings.epochs, "epochs", { min: 0 }),
    batchSize: checkInteger(settings.batchSize, "batchSize", { min: 1 }),
    learningRate: checkNumber(settings.learningRate, "learningRate", { above: 0 }),
    learningRateSchedule: checkChoice(
      settings.learningRateSchedule ?? "constant",
      "learningRateSchedule",
      schedules,
    ),
    weightDecay: checkNumber(settings.weightDecay, "weightDecay", { min: 0 }),
    labelSmoothing: checkNumber(settings.labelSmoothing, "labelSmoothing", { min: 0, max: 0.999 }),
    inputScale: checkNumber(settings.inputScale, "inputScale"),
    seed: checkInteger(settings.seed, "seed"),
  });
}

/** Returns all layers, including the last one, which computes the logits. */
export function layersOf(settings: MlpSettings): readonly DenseLayerSpec[] {
  return [...settings.hidden, { units: settings.classes, activation: "linear" }];
}

/** Checks the layers between the input and the logits, and returns a copy. */
export function checkedLayers(hidden: unknown): readonly DenseLayerSpec[] {
  if (!Array.isArray(hidden)) {
    throw new TypeError(
      'Cannot use hidden: an array of layers like { units: 100, activation: "relu" } is needed',
    );
  }
  return Object.freeze(hidden.map((layer, i) =>
    Object.freeze({
      units: checkInteger(layer?.units, `hidden[${i}].units`, { min: 1, max: maxUnits }),
      activation: checkChoice(layer?.activation, `hidden[${i}].activation`, activationNames),
    })
  ));
}

async function defaultScale({ values }: HostMatrix, signal?: AbortSignal): Promise<number> {
  if (!(values instanceof Uint8Array)) return 1;
  let highest = 0;
  await inPieces(values.length, 2 ** 22, (start, end) => {
    if (highest < 255) highest = Math.max(highest, largestMagnitude(values.subarray(start, end)));
  }, signal);
  return highest === 0 ? 1 : 1 / highest;
}
