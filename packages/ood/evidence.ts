import {
  checkNumber,
  type CompactLabels,
  compactLabels,
  describeValue,
  type Evidence,
  type Head,
  type HostMatrix,
  hostMatrix,
  isNumeric,
  type Label,
  type MatrixLike,
  numberArray,
  openRows,
  type Rows,
  type RowsLike,
} from "@mixtape/tensor-utils";
import { classCodes } from "./class_codes.ts";
import { type EvidenceReading, openPart } from "./evidence_part.ts";

export type { Evidence, Head };

/** {@link Head} in any of the accepted forms. */
export interface HeadLike {
  /** Shape [units, classes]. */
  readonly weights: MatrixLike;
  /** One number per class. */
  readonly bias: ArrayLike<number>;
}

/** Evidence to fit a detector on: in-distribution rows and their classes. */
export interface TrainingEvidence extends Evidence {
  /** Class of each row, from 0. */
  readonly labels: Int32Array;
}

/** {@link Evidence} whose activations and inputs may be read block by block. */
export interface EvidenceRows extends Omit<Evidence, "activations" | "inputs"> {
  /** Activations of the hidden layers, each of shape [n, units]. */
  readonly activations: readonly Rows[];
  /** The rows themselves, shape [n, d]. */
  readonly inputs?: Rows;
}

/** {@link TrainingEvidence} whose activations and inputs may be read block by block. */
export interface TrainingRows extends EvidenceRows {
  /** Class of each row, from 0. */
  readonly labels: Int32Array;
}

/**
 * {@link Evidence} in any of the accepted forms: matrices of any kind, and labels of any kind. Only
 * the parts that a detector {@link DetectorKind.needs} must be there. Activations and inputs may be
 * sources of rows if the kind of detector reads {@link DetectorKind.sources}.
 */
export interface EvidenceLike {
  /** Logits, shape [n, classes]. */
  readonly logits?: MatrixLike;
  /**
   * Activations of the hidden layers, each of shape [n, units], first to last; the last is the
   * penultimate layer, or the embedding that some other model gives.
   */
  readonly activations?: readonly RowsLike[];
  /** The rows themselves, shape [n, d], for detectors that use raw inputs. */
  readonly inputs?: RowsLike;
  /**
   * Class of each row: whole numbers from 0 are columns of the logits; other numbers, big integers,
   * strings or booleans are names, in the order of `classes`, otherwise ascending. Ignored when
   * scoring.
   */
  readonly labels?: ArrayLike<Label>;
  /**
   * Names of the classes, in the order of the logits; left out if classes are given as column
   * numbers.
   */
  readonly classes?: readonly Label[];
  /** The last layer, for detectors that reshape activations or measure distances to decision boundaries. */
  readonly head?: HeadLike;
}

/**
 * {@link TrainingEvidence} in any of the accepted forms; detectors that do not need labels fit
 * without.
 */
export type TrainingEvidenceLike = EvidenceLike;

/** A part of {@link Evidence} that a detector needs; labels are needed to fit only. */
export type EvidencePart = "logits" | "penultimate" | "layers" | "inputs" | "head" | "labels";

/**
 * Copies the parts of the evidence that a detector needs, before it returns its promise, and checks
 * that they are present, finite, and agree on the number of rows. The numbers of a source of more
 * than one block are checked whenever they are read.
 *
 * @param evidence The evidence, as given by the caller.
 * @param needs The parts to read; all others are ignored, and are empty in the result; the first
 * of logits, penultimate activations and inputs that is there tells the number of rows.
 * @param reading Name of the evidence, and how sources are read.
 * @throws {TypeError} If a part is missing or of the wrong kind.
 * @throws {RangeError} If shapes disagree or a value is not finite.
 */
export async function readEvidence(
  evidence: EvidenceLike,
  needs: readonly EvidencePart[],
  reading: EvidenceReading = {},
): Promise<EvidenceRows> {
  const { given = "the evidence" } = reading;
  if (typeof evidence !== "object" || evidence === null) {
    throw new TypeError(
      `Cannot use ${given}: ${describeValue(evidence)} was given, ` +
        `an object with activations, logits or inputs is needed`,
    );
  }
  const { logits, activations, inputs, head } = evidence;
  const wants = (...parts: EvidencePart[]) => parts.some((part) => needs.includes(part));
  const counted = countedPart(evidence, needs, given);
  const layers = wants("layers", "penultimate", "head")
    ? chosenLayers(activations, needs, given)
    : [];
  const [z, ...matrices] = await Promise.all([
    wants("logits", "head") ? readPart(logits, "logits", given) : withoutColumns(counted),
    wants("inputs") ? openPart(inputs, "inputs", reading) : undefined,
    wants("head") ? readHead(head, given) : undefined,
    ...layers.map(([layer, name]) => openPart(layer, name, reading)),
  ]);
  const [x, last, ...outputs] = matrices as [Rows?, Head?, ...Rows[]];
  const rows = z.shape[0];
  if (x) checkRows(x, "inputs", rows, counted.name, given);
  outputs.forEach((output, i) => checkRows(output, layers[i][1], rows, counted.name, given));
  if (last) checkHead(last, outputs[outputs.length - 1], z);
  return { logits: z, activations: outputs, inputs: x, head: last };
}

/**
 * Reads evidence to fit on: as {@link readEvidence}, with labels. Where labels are neither needed
 * nor given, all rows are of class 0.
 *
 * @returns The evidence, and the names of its classes unless they are given as column numbers.
 * @throws {TypeError} If labels are needed and missing.
 */
export async function readTraining(
  evidence: TrainingEvidenceLike,
  needs: readonly EvidencePart[],
  reading?: EvidenceReading,
): Promise<{ training: TrainingRows; names?: readonly Label[] }> {
  const labels = copyLabels(evidence, needs);
  const classes = evidence?.classes && [...evidence.classes];
  const read = await readEvidence(evidence, needs, reading);
  const rows = read.logits.shape[0];
  if (labels === undefined) return { training: { ...read, labels: new Int32Array(rows) } };
  const { codes, names } = classCodes(labels, rows, classes);
  return { training: { ...read, labels: codes }, names };
}

/** Returns the activations of the last hidden layer. */
export function penultimate<Layer extends Rows>(
  { activations }: { readonly activations: readonly Layer[] },
): Layer {
  return activations[activations.length - 1];
}

function copyLabels(
  evidence: TrainingEvidenceLike,
  needs: readonly EvidencePart[],
): CompactLabels | undefined {
  // Anything that is not evidence is reported by readEvidence.
  const labels = evidence?.labels;
  if (labels !== undefined) return compactLabels(labels);
  if (!evidence || !needs.includes("labels")) return undefined;
  throw new TypeError(
    "Cannot use the evidence: it has no labels, the class of each row is needed to fit",
  );
}

/** Returns the layers to read, with their names in error messages. */
function chosenLayers(
  activations: readonly RowsLike[] | undefined,
  needs: readonly EvidencePart[],
  given: string,
): (readonly [RowsLike, string])[] {
  checkList(activations, given);
  if (activations === undefined || activations.length === 0) {
    throw new TypeError(`Cannot use ${given}: it has no activations, one layer or more is needed`);
  }
  if (needs.includes("layers")) {
    return activations.map((layer, i) => [layer, `activations of layer ${i}`] as const);
  }
  return [[activations[activations.length - 1], "penultimate activations"]];
}

function checkList(activations: unknown, given: string): void {
  if (activations === undefined || Array.isArray(activations)) return;
  throw new TypeError(
    `Cannot use ${given}: its activations are ${describeValue(activations)}, ` +
      `a list of matrices is needed, one per layer`,
  );
}

/** A part of the evidence by which rows are counted, with its name in error messages. */
interface CountedPart {
  readonly name: string;
  readonly part: RowsLike;
}

/**
 * Returns the part that tells the number of rows: the logits if there are any, else the first that
 * is needed, else the first that is there.
 *
 * @throws {TypeError} If there is none.
 */
function countedPart(
  { logits, activations, inputs }: EvidenceLike,
  needs: readonly EvidencePart[],
  given: string,
): CountedPart {
  const last = Array.isArray(activations) ? activations[activations.length - 1] : undefined;
  const layers = { name: "penultimate activations", part: last };
  const rest = [layers, { name: "inputs", part: inputs }];
  const parts = [
    { name: "logits", part: logits },
    ...needs.includes("inputs") ? rest.reverse() : rest,
  ];
  const counted = parts.find(({ part }) => part !== undefined);
  if (counted !== undefined) return counted as CountedPart;
  checkList(activations, given);
  throw new TypeError(`Cannot use ${given}: it has no activations, logits or inputs`);
}

/**
 * Returns a matrix with as many rows as a part and no columns, for detectors that do not use
 * logits.
 */
async function withoutColumns({ name, part }: CountedPart): Promise<HostMatrix> {
  const { shape } = Object(part) as { shape?: readonly number[] };
  const given = isNumeric(shape) ? shape[0] : Array.isArray(part) ? part.length : undefined;
  const rows = Number.isSafeInteger(given)
    ? given as number
    : (await openRows(part, name)).shape[0];
  return { values: new Uint8Array(0), shape: [rows, 0] };
}

async function readPart(
  x: MatrixLike | undefined,
  name: string,
  given: string,
): Promise<HostMatrix> {
  if (x === undefined) throw new TypeError(`Cannot use ${given}: it has no ${name}`);
  return await hostMatrix(x, name);
}

async function readHead(head: HeadLike | undefined, given: string): Promise<Head> {
  if (head === undefined) {
    throw new TypeError(
      `Cannot use ${given}: it has no head, the weights and bias of the last layer are needed`,
    );
  }
  const bias = Float32Array.from(numberArray(head.bias, "head.bias"));
  return { weights: await hostMatrix(head.weights, "head weights"), bias };
}

function checkRows(
  { shape }: Rows,
  name: string,
  rows: number,
  counted: string,
  given: string,
): void {
  if (shape[0] === rows) return;
  throw new RangeError(
    `Cannot use ${given}: ${name} have ${
      shape[0]
    } rows, the ${counted} have ${rows}, the same rows are needed`,
  );
}

function checkHead({ weights: { shape }, bias }: Head, features: Rows, logits: HostMatrix) {
  const units = features.shape[1];
  const classes = logits.shape[1];
  if (shape[0] !== units || shape[1] !== classes || bias.length !== classes) {
    throw new RangeError(
      `Cannot use the head: weights are [${shape}] and bias is [${bias.length}], ` +
        `[${units}, ${classes}] and [${classes}] are needed`,
    );
  }
  bias.forEach((value, c) => checkNumber(value, `head bias[${c}]`));
}
