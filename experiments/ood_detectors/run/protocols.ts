import type { OodSetName } from "@mixtape/results";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
import { holdOut, type LabelledImages } from "../../run/image_dataset.ts";
import { madeOodSets, makeOodSet } from "../../run/ood_sets.ts";
import type { PartContext } from "../../run/parts.ts";
import type { LeaderboardParameters } from "../run.ts";

/** Data of one protocol: what classifier and detectors learn from, and what they must tell apart. */
export interface Protocol {
  /** Rows that classifier and detectors learn from. */
  readonly train: LabelledImages;
  /** Rows that thresholds are chosen by. */
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
  readonly classes: number;
  readonly sets: readonly { readonly name: OodSetName; readonly images: HostMatrix }[];
}

/** Names of the protocols: the classifier knows all classes, or half of them. */
export const protocolNames = ["allClasses", "heldOutClasses"] as const;

/** Name of a protocol. */
export type ProtocolName = typeof protocolNames[number];

type Context = PartContext<LeaderboardParameters>;

/**
 * Makes what all entrants are measured by.
 *
 * @param name Name of the protocol.
 * @param context The data.
 * @returns The rows to learn from, and the sets that do not belong.
 */
export function protocolOf(name: ProtocolName, context: Context): Protocol {
  const make = name === "allClasses" ? allClasses : heldOutClasses;
  return context.last(name, "", () => make(context));
}

function allClasses(
  { inDistribution: dataset, outOfDistribution, seed, parameters }: Context,
): Protocol {
  const made = madeOodSets.map((name) => ({ name, images: makeOodSet(name, dataset, seed) }));
  const other = { name: "other-data-set" as const, images: outOfDistribution.test.images };
  const { test, classNames } = dataset;
  const [train, validation] = holdOut(dataset.train, parameters.validationShare);
  return { train, validation, test, classes: classNames.length, sets: [other, ...made] };
}

/** The first half of the classes belongs, the second half does not. */
function heldOutClasses({ inDistribution, parameters }: Context): Protocol {
  const { test, classNames } = inDistribution;
  const classes = Math.ceil(classNames.length / 2);
  const keep = ({ images, labels }: LabelledImages, wanted: (label: number) => boolean) => {
    const rows = Array.from(labels.keys()).filter((row) => wanted(labels[row]));
    return { images: takeRows(images, rows), labels: Int32Array.from(rows, (row) => labels[row]) };
  };
  const known = (label: number) => label < classes;
  const [train, validation] = holdOut(
    keep(inDistribution.train, known),
    parameters.validationShare,
  );
  const { images } = keep(test, (label) => !known(label));
  return {
    train,
    validation,
    test: keep(test, known),
    classes,
    sets: [{ name: "held-out-classes", images }],
  };
}
