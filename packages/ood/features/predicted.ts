import type { HostMatrix } from "@mixtape/tensor-utils";

/** Returns the column of each row's largest logit, the first one in case of a tie. */
export function predictedClasses({ values, shape: [n, classes] }: HostMatrix): Int32Array {
  const predicted = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let top = i * classes;
    for (let at = top + 1; at < (i + 1) * classes; at++) if (values[at] > values[top]) top = at;
    predicted[i] = top - i * classes;
  }
  return predicted;
}

/** Returns the largest logit of each row. */
export function maximumLogits({ values, shape: [n, classes] }: HostMatrix): Float64Array {
  const largest = new Float64Array(n).fill(-Infinity);
  for (let at = 0; at < n * classes; at++) {
    const i = Math.floor(at / classes);
    if (values[at] > largest[i]) largest[i] = values[at];
  }
  return largest;
}
