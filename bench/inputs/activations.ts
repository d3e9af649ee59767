import { type Inputs, training } from "../inputs.ts";

/** Paths of the files of penultimate activations. */
export interface ActivationFiles {
  /** Activations of all training rows. */
  readonly all: string;
  /** Cluster of each training row, as the start of mixtures. */
  readonly labels: string;
  /** Activations of the rows that the experiment fits mixtures to. */
  readonly fitted: string;
  /** Activations of the rows that the experiment holds out. */
  readonly heldOut: string;
  /** Activations of the test rows. */
  readonly inside: string;
  /** Activations of the test rows of the other data set. */
  readonly outside: string;
}

/** Number of components of the mixture whose iterations are measured. */
export const components = 20;

/**
 * Computes penultimate activations of the reference network on both data sets, split as in the experiment gmm-ood.
 *
 * @param inputs The data and the folder for the files.
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
