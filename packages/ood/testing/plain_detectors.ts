import {
  dot,
  eigen,
  inverse,
  logSumExp,
  meanOf,
  meanRow,
  minus,
  norm,
  plainQuantile,
  quadratic,
  ridged,
  type Rows,
  secondMoment,
  transposed,
  unitRows,
  type Vector,
} from "./plain_algebra.ts";

/** Evidence as lists of rows. */
export interface PlainEvidence {
  /** Logits, n × classes; they need not be those of the head. */
  readonly logits: Rows;
  /** Activations of the hidden layers. */
  readonly layers: readonly Rows[];
  /** The inputs. */
  readonly inputs: Rows;
  /** Column of the logits of each row's class. */
  readonly labels: Vector;
  /** Weights of the last layer, units × classes. */
  readonly weights: Rows;
  /** Bias of the last layer. */
  readonly bias: Vector;
}

/** Fits a detector to the first evidence and returns its scores of the second one. */
export type PlainDetector = (
  train: PlainEvidence,
  test: PlainEvidence,
  // deno-lint-ignore no-explicit-any
  options: any,
) => number[];

const last = ({ layers }: PlainEvidence) => layers[layers.length - 1];
const top = (row: Vector) => row.indexOf(Math.max(...row));
const predicted = ({ logits }: PlainEvidence) => logits.map(top);
const classesOf = (labels: Vector) => [...new Set(labels)].sort((a, b) => a - b);
const rowsOf = (rows: Rows, labels: Vector, label: number) =>
  rows.filter((_, i) => labels[i] === label);

/** Returns a function that leaves out the columns that are constant in training. */
function varying(train: Rows): (rows: Rows) => number[][] {
  const kept = train[0].map((_, j) => j)
    .filter((j) => train.some((row) => row[j] !== train[0][j]));
  return (rows) => rows.map((row) => kept.map((j) => row[j]));
}

/** Returns the squared Mahalanobis distance of each row to the nearest class mean. */
function nearest(train: Rows, labels: Vector, test: Rows, regularization: number): number[] {
  const means = new Map(classesOf(labels).map((c) => [c, meanRow(rowsOf(train, labels, c))]));
  const within = secondMoment(train, (i) => means.get(labels[i])!);
  const { inverse: precision } = inverse(ridged(within, regularization));
  return test.map((row) =>
    Math.min(...[...means.values()].map((mean) => quadratic(minus(row, mean), precision)))
  );
}

/** Returns the same as {@link nearest}, over the columns that vary, scaled to length 1. */
function nearestDirection(train: Rows, labels: Vector, test: Rows, regularization: number) {
  const keep = varying(train);
  return nearest(unitRows(keep(train)), labels, unitRows(keep(test)), regularization);
}

function logDensity(rows: Rows, mean: Vector, covariance: Rows): number[] {
  const { inverse: precision, logDeterminant } = inverse(covariance);
  const volume = mean.length * Math.log(2 * Math.PI) + logDeterminant;
  return rows.map((row) => -(volume + quadratic(minus(row, mean), precision)) / 2);
}

function headEnergy({ weights, bias }: PlainEvidence, row: Vector): number {
  return logSumExp(transposed(weights).map((column, c) => bias[c] + dot(row, column)));
}

/** Returns a row's largest `count` activations, with the sum of the positive ones among them. */
function largest(row: Vector, count: number): { threshold: number; ratio: number } {
  const chosen = [...row].sort((a, b) => b - a).slice(0, count);
  const mass = (values: Vector) => values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const held = mass(chosen);
  return { threshold: chosen[count - 1], ratio: held > 0 ? mass(row) / held : 1 };
}

const softmaxOf = (row: Vector) => row.map((z) => Math.exp(z - logSumExp(row)));

/** Plain detectors by name, from the formulas of their papers; options have no defaults. */
export const plainDetectors: Readonly<Record<string, PlainDetector>> = {
  "constant": (_train, test) => test.logits.map(() => 0),
  "msp": (_train, { logits }) => logits.map((row) => Math.max(...row) - logSumExp(row)),
  "max-logit": (_train, { logits }) => logits.map((row) => Math.max(...row)),
  "energy": (_train, { logits }, { temperature: t }) =>
    logits.map((row) => t * logSumExp(row.map((z) => z / t))),
  "gen": (_train, { logits }, { gamma, topClasses }) =>
    logits.map((row) =>
      -softmaxOf(row).sort((a, b) => b - a).slice(0, topClasses)
        .reduce((sum, p) => sum + (p * (1 - p)) ** gamma, 0)
    ),
  "mahalanobis": (train, test, { regularization }) => {
    const keep = varying(last(train));
    return nearest(keep(last(train)), train.labels, keep(last(test)), regularization)
      .map((d) => -d);
  },
  "mahalanobis++": (train, test, { regularization }) =>
    nearestDirection(last(train), train.labels, last(test), regularization).map((d) => -d),
  "relative-mahalanobis": (train, test, { regularization }) => {
    const keep = varying(last(train));
    const [x, y] = [keep(last(train)), keep(last(test))];
    const toAll = nearest(x, x.map(() => 0), y, regularization);
    return minus(toAll, nearest(x, train.labels, y, regularization));
  },
  "ddu": (train, test, { regularization }) => {
    const keep = varying(last(train));
    const [x, y] = [keep(last(train)), keep(last(test))];
    const terms = classesOf(train.labels).map((c) => {
      const rows = rowsOf(x, train.labels, c);
      const mean = meanRow(rows);
      const covariance = ridged(secondMoment(rows, () => mean), regularization);
      return logDensity(y, mean, covariance).map((log) => log + Math.log(rows.length / x.length));
    });
    return transposed(terms).map(logSumExp);
  },
  "knn": (train, test, { k }) => {
    const keep = varying(last(train));
    const references = unitRows(keep(last(train)));
    return unitRows(keep(last(test))).map((row) =>
      -Float64Array.from(references, (other) => norm(minus(row, other))).sort()[k - 1]
    );
  },
  "react": (train, test, { share }) => {
    const threshold = plainQuantile(last(train).flat(), share);
    return last(test).map((row) =>
      headEnergy(train, row.map((value) => Math.min(value, threshold)))
    );
  },
  "scale": (train, test, { share }) =>
    last(test).map((row) => {
      const { ratio } = largest(row, row.length - Math.round(row.length * share));
      return headEnergy(train, row.map((value) => value * Math.exp(ratio)));
    }),
  "ash-s": (train, test, { share }) =>
    last(test).map((row) => {
      const { threshold, ratio } = largest(row, row.length - Math.round(row.length * share));
      const shaped = row.map((value) => value >= threshold ? value * Math.exp(ratio) : 0);
      return headEnergy(train, shaped);
    }),
  "she": (train, test) => {
    const right = predicted(train).map((c, i) => c === train.labels[i]);
    const patterns = train.bias.map((_, c) => {
      const rows = last(train).filter((_, i) => train.labels[i] === c);
      const correct = last(train).filter((_, i) => train.labels[i] === c && right[i]);
      const used = correct.length > 0 ? correct : rows;
      return used.length > 0 ? meanRow(used) : last(train)[0].map(() => 0);
    });
    return predicted(test).map((c, i) => dot(last(test)[i], patterns[c]));
  },
  "nci": (train, test, { alpha }) => {
    const mean = meanRow(last(train));
    const columns = transposed(train.weights);
    return predicted(test).map((c, i) => {
      const [row, centred] = [last(test)[i], minus(last(test)[i], mean)];
      const size = row.reduce((sum, value) => sum + Math.abs(value), 0);
      return dot(centred, columns[c]) / norm(centred) + alpha * size;
    });
  },
  "fdbd": (train, test) => {
    const mean = meanRow(last(train));
    const columns = transposed(train.weights);
    return predicted(test).map((c, i) => {
      const z = test.logits[i];
      const distances = columns.map((column, other) =>
        other === c ? 0 : (z[c] - z[other]) / norm(minus(columns[c], column))
      );
      const sum = distances.reduce((total, distance) => total + distance, 0);
      return sum / (columns.length - 1) / norm(minus(last(test)[i], mean));
    });
  },
  "neco": (train, test, { axes, maximumLogit }) => {
    const keep = varying(last(train));
    const x = keep(last(train));
    const mean = meanRow(x);
    const spread = secondMoment(x, () => mean).map((row, j) => Math.sqrt(row[j]));
    const standard = (rows: Rows) =>
      keep(rows).map((row) => minus(row, mean).map((value, j) => value / spread[j]));
    const { values, vectors } = eigen(secondMoment(standard(last(train)), () => mean.map(() => 0)));
    const total = meanOf(values) * values.length;
    let count = axes;
    if (axes === undefined) {
      for (let held = count = 0; held < 0.9 * total; count++) held += values[count];
    }
    return standard(last(test)).map((row, i) => {
      const inside = norm(vectors.slice(0, count).map((axis) => dot(axis, row)));
      return inside / norm(row) * (maximumLogit ? Math.max(...test.logits[i]) : 1);
    });
  },
  "vim": (train, test, { dimensions }) => {
    const keep = varying(last(train));
    const constants = last(train)[0].map((value, j) =>
      last(train).every((row) => row[j] === value) ? value : 0
    );
    const columns = transposed(train.weights);
    const target = columns.map((column, c) => train.bias[c] + dot(constants, column));
    const used = keep(columns);
    // The shortest o with used · o = −target.
    const { inverse: gram } = inverse(used.map((a) => used.map((b) => dot(a, b))));
    const factors = gram.map((row) => -dot(row, target));
    const origin = transposed(used).map((row) => dot(row, factors));
    const { vectors } = eigen(secondMoment(keep(last(train)), () => origin));
    const residual = (rows: Rows) =>
      keep(rows).map((row) =>
        norm(vectors.slice(dimensions).map((axis) => dot(axis, minus(row, origin))))
      );
    const tops = train.logits.map((row) => Math.max(...row));
    const alpha = meanOf(tops) / meanOf(residual(last(train)));
    const lengths = residual(last(test));
    return test.logits.map((row, i) => logSumExp(row) - alpha * lengths[i]);
  },
  "ppca": ({ inputs }, test, { components, regularization }) => {
    const mean = meanRow(inputs);
    const { values, vectors } = eigen(secondMoment(inputs, () => mean));
    const noise = Math.max(meanOf(values.slice(components)), regularization * meanOf(values));
    const model = mean.map((_, a) =>
      mean.map((_, b) =>
        vectors.slice(0, components).reduce(
          (sum, axis, c) => sum + (Math.max(values[c], noise) - noise) * axis[a] * axis[b],
          a === b ? noise : 0,
        )
      )
    );
    return logDensity(test.inputs, mean, model);
  },
  "layers-mahalanobis++": (train, test, { regularization, heldOut }) => {
    const levels = train.layers.map((layer, l) => {
      const scores = (rows: Rows) =>
        nearestDirection(layer, train.labels, rows, regularization).map((d) => -d);
      const held = scores(heldOut.layers[l]);
      const mean = meanOf(held);
      const deviation = Math.sqrt(meanOf(held.map((score) => (score - mean) ** 2)));
      return scores(test.layers[l]).map((score) => (score - mean) / deviation);
    });
    return transposed(levels).map((scores) => scores.reduce((sum, score) => sum + score, 0));
  },
  "weakest-level": (train, test, { regularization, inputRegularization, heldOut }) => {
    const matrices = (e: PlainEvidence) => [e.inputs, ...e.layers];
    const scoresOf = (e: PlainEvidence) => [
      ...matrices(e).map((rows, l) => {
        const ridge = l === 0 ? inputRegularization : regularization;
        return nearestDirection(matrices(train)[l], train.labels, rows, ridge).map((d) => -d);
      }),
      plainDetectors.msp(train, e, {}),
    ];
    const held = scoresOf(heldOut);
    const levels = scoresOf(test).map((scores, l) => {
      const median = plainQuantile(held[l], 0.5);
      return scores.map((score) => (score - median) / (median - plainQuantile(held[l], 0.05)));
    });
    return transposed(levels).map((scores) => Math.min(...scores));
  },
};
