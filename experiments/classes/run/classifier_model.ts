import { mlpFromSafetensors, type MlpModel, softmax } from "@mixtape/classifier";
import { checkNumber, fromBase64, type HostMatrix, toBase64 } from "@mixtape/tensor-utils";
import type { AppliedModels } from "../../run/experiment.ts";
import { mostProbable } from "../../run/own/out_of_fold.ts";

/** A network with a temperature as plain data. */
export interface ClassifierJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-classifier";
  /** Version of the format. */
  readonly version: 1;
  /** Number by which logits are divided. */
  readonly temperature: number;
  /** The network as a safetensors file, in base64; its inputs are prepared rows. */
  readonly network: string;
}

/** Names of the columns that the model gives. */
export const classifierColumns = ["predicted_class", "class_probability"] as const;

/** Returns a network and its temperature as plain data. */
export function classifierJSON(model: MlpModel, temperature: number): ClassifierJSON {
  const network = toBase64(model.toSafetensors());
  return { format: "mixtape-classifier", version: 1, temperature, network };
}

/**
 * Reads back the model of a run, to predict the classes of new rows.
 *
 * @param json The value that `JSON.parse` returned.
 * @param classNames Name of each class.
 * @returns The model.
 * @throws {SyntaxError} If the JSON is of another format, or the network is damaged.
 * @throws {TypeError} If the temperature is not a number.
 * @throws {RangeError} If the temperature is not above 0, or the network has other classes.
 */
export function restoreClassifier(
  json: unknown,
  classNames: readonly string[],
): AppliedModels {
  const { format, version, temperature, network } = Object(json) as ClassifierJSON;
  if (format !== "mixtape-classifier" || version !== 1) {
    throw new SyntaxError(
      `Cannot read a classifier: format ${format} of version ${version} was given, ` +
        `mixtape-classifier of version 1 is needed`,
    );
  }
  checkNumber(temperature, "temperature", { above: 0 });
  const model = mlpFromSafetensors(fromBase64(String(network)));
  if (model.options.classes !== classNames.length) {
    throw new RangeError(
      `Cannot use the classifier: it has ${model.options.classes} classes, ` +
        `the run has ${classNames.length}`,
    );
  }
  return {
    columns: classifierColumns,
    async apply({ prepared }) {
      return answersOf(await softmax(await model.logits(prepared), { temperature }), classNames);
    },
    dispose: () => model[Symbol.dispose](),
  };
}

function answersOf(
  probabilities: HostMatrix,
  classNames: readonly string[],
): [string[], Float64Array] {
  const { values, shape: [, k] } = probabilities;
  const predicted = mostProbable(probabilities);
  return [
    Array.from(predicted, (label) => classNames[label]),
    Float64Array.from(predicted, (label, row) => values[row * k + label]),
  ];
}
