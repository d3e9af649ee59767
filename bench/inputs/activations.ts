import { type Inputs, training } from "../inputs.ts";

/** The files of penultimate activations. */
export interface ActivationFiles {
  /** Those of all training rows. */
  readonly all: string;
  /** A cluster for each of them, which mixtures start from. */
  readonly labels: string;
  /** Those that the experiment fits on. */
  readonly fitted: string;
  /** Those that it holds out. */
  readonly heldOut: string;
  /** Those of the test rows. */
  readonly inside: string;
  /** Those of the other data set's test rows. */
  readonly outside: string;
}

/** Components of the mixture whose iterations are measured. */
export const components = 20;

/**
 * Penultimate activations of the reference network on both data sets, split as the experiment gmm-ood does.
 *
 * @param inputs Where they are written.
 * @returns The files.
 */
export function activations(inputs: Inputs): Promise<ActivationFiles> {
  return inputs.once("activations", async () => {
    const inside = await inputs.images("mnist");
    const outside = await inputs.images("fashion-mnist");
    const names = ["all", "labels", "fitted", "heldOut", "inside", "outside"] as const;
    const out = Object.fromEntries(
      names.map((name) => [name, inputs.path(`activations-${name}.npy`)]),
    ) as unknown as ActivationFiles;
    await inputs.prepare("prepare-activations", {
      ...inside,
      ...training,
      epochs: inputs.size(20, 2),
      outside: outside.test,
      heldOut: inputs.size(6000, 600),
      components,
      out,
    });
    return out;
  });
}
