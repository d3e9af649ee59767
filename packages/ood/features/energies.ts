import { type HostMatrix, logSumExp } from "@mixtape/tensor-utils";

/** Returns T · log Σ exp(logit / T) of each row. */
export function energies(logits: HostMatrix, temperature = 1): Float64Array {
  const { values, shape: [n, classes] } = logits;
  const row = new Float64Array(classes);
  return new Float64Array(n).map((_, i) => {
    for (let c = 0; c < classes; c++) row[c] = values[i * classes + c] / temperature;
    return temperature * logSumExp(row);
  });
}
