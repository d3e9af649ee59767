// deno-lint-ignore-file no-console -- it prints what it found
import { kMeansMissing, normalizedMutualInformation } from "@mixtape/clustering";
import { loadDataset } from "@mixtape/datasets";
import { random } from "@mixtape/tensor-utils";

const { train } = await loadDataset("digits-8x8");

for (const rate of [0, 0.3, 0.6, 0.9]) {
  const source = random(0);
  const mask = Uint8Array.from(train.images.values, () => source.next() < rate ? 1 : 0); // 1: missing
  for (const method of ["gaussian-prior", "k-pod", "mean-imputation"] as const) {
    using model = await kMeansMissing(train.images, { clusters: 10, mask, method });
    const nmi = normalizedMutualInformation(train.labels, model.labels);
    console.log({ rate, method, nmi: nmi.toFixed(3) });
  }
}
