import { checkNumber, type HostMatrix, hostMatrix, labelArray } from "@mixtape/tensor-utils";

/** The last layer of a classifier: logits = penultimate activations × weights + bias. */
export interface Head {
  /** Shape [units, classes]. */
  readonly weights: HostMatrix;
  /** One number a class. */
  readonly bias: Float32Array;
}

/** All that a detector may look at, computed from a batch of rows in one pass of a classifier. */
export interface Evidence {
  /** Logits, shape [n, classes]. */
  readonly logits: HostMatrix;
  /** Activations of the hidden layers, each of shape [n, units], first to last; the last is the penultimate layer. */
  readonly activations: readonly HostMatrix[];
  /** The rows themselves, shape [n, d], for detectors that look at raw pixels. */
  readonly inputs?: HostMatrix;
  /** Class of each row; needed to fit, never looked at to score. */
  readonly labels?: Int32Array;
  /** The last layer, for detectors that reshape activations or measure distances to decision boundaries. */
  readonly head?: Head;
}

/** Evidence to fit a detector on: in-distribution rows and their classes. */
export interface TrainingEvidence extends Evidence {
  /** Class of each row. */
  readonly labels: Int32Array;
}

/** A part of {@link Evidence} that a detector needs. */
export type EvidencePart = "logits" | "penultimate" | "layers" | "inputs" | "head";

/**
 * Checks the parts of some evidence that a detector needs: that they are there, finite, and agree on the number of rows.
 *
 * @param evidence What was given.
 * @param needs The parts to check; no others are looked at.
 * @throws {TypeError} If a part is missing or of the wrong kind.
 * @throws {RangeError} If shapes disagree or a value is not finite.
 */
export async function checkEvidence(
  evidence: Evidence,
  needs: readonly EvidencePart[],
): Promise<void> {
  const { logits, activations, inputs, head } = evidence;
  const rows = logits?.shape?.[0];
  if (rows === undefined) throw new TypeError("Cannot use the evidence: it has no logits");
  if (needs.includes("logits")) await matrixOf(logits, "logits", rows);
  if (needs.includes("layers") || needs.includes("penultimate") || needs.includes("head")) {
    if (!Array.isArray(activations) || activations.length === 0) {
      throw new TypeError(
        "Cannot use the evidence: it has no activations, one layer or more is needed",
      );
    }
  }
  if (needs.includes("layers")) {
    for (const [i, layer] of activations.entries()) {
      await matrixOf(layer, `activations of layer ${i}`, rows);
    }
  } else if (needs.includes("penultimate")) {
    await matrixOf(penultimate(evidence), "penultimate activations", rows);
  }
  if (needs.includes("inputs")) await matrixOf(inputs, "inputs", rows);
  if (needs.includes("head")) await checkHead(head, penultimate(evidence), logits);
}

/** {@link checkEvidence} for evidence to fit on: labels are needed too. */
export async function checkTraining(
  evidence: TrainingEvidence,
  needs: readonly EvidencePart[],
): Promise<void> {
  await checkEvidence(evidence, needs);
  labelArray(evidence.labels, evidence.logits.shape[0], "labels");
}

/** The activations of the last hidden layer. */
export function penultimate({ activations }: Evidence): HostMatrix {
  return activations[activations.length - 1];
}

async function matrixOf(x: HostMatrix | undefined, name: string, rows: number): Promise<void> {
  if (x === undefined) throw new TypeError(`Cannot use the evidence: it has no ${name}`);
  const { shape } = await hostMatrix(x, name);
  if (shape[0] === rows) return;
  throw new RangeError(
    `Cannot use the evidence: ${name} have ${
      shape[0]
    } rows, the logits have ${rows}, the same rows are needed`,
  );
}

async function checkHead(
  head: Head | undefined,
  features: HostMatrix,
  logits: HostMatrix,
): Promise<void> {
  if (head === undefined) {
    throw new TypeError(
      "Cannot use the evidence: it has no head, the weights and bias of the last layer are needed",
    );
  }
  const { shape } = await hostMatrix(head.weights, "head weights");
  const units = features.shape[1];
  const classes = logits.shape[1];
  if (shape[0] !== units || shape[1] !== classes || head.bias.length !== classes) {
    throw new RangeError(
      `Cannot use the head: weights are [${shape}] and bias is [${head.bias.length}], ` +
        `[${units}, ${classes}] and [${classes}] are needed`,
    );
  }
  head.bias.forEach((value, c) => checkNumber(value, `head bias[${c}]`));
}
