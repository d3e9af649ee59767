import type { MlpModel } from "@mixtape/classifier";
import type { Evidence } from "@mixtape/ood";
import type { HostMatrix } from "@mixtape/tensor-utils";

/**
 * All that detectors may look at, raw pixels included.
 *
 * @param model The classifier.
 * @param images One image per row.
 * @returns Logits, activations of all hidden layers, the head and the images themselves.
 */
export async function evidenceOf(model: MlpModel, images: HostMatrix): Promise<Evidence> {
  return { ...await model.evidence(images), inputs: images };
}
