import type { BootstrapAttributes, BootstrapMeasures } from "@mixtape/operations";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { pacer } from "../abort.ts";
import { integerBelow } from "../random_state.ts";

/** Share of the rows of one kind that the threshold for those of the other is found by. */
const RATE = 0.95;

/** Computes `MixtapeBootstrap` in plain loops, for any backend. */
export async function bootstrapReference(
  { idAccepted, oodAccepted, streams, signal }: BootstrapAttributes,
): Promise<BootstrapMeasures> {
  const last = idAccepted.length - 1;
  const id = new Uint32Array(idAccepted[last] + 1);
  const ood = new Uint32Array(oodAccepted[last] + 1);
  const resamples = streams.length / 8;
  const measures = new Float64Array(6 * resamples);
  const pace = pacer(signal);
  for (let resample = 0; resample < resamples; resample++) {
    await pace();
    draw(id, streams.subarray(8 * resample, 8 * resample + 4));
    draw(ood, streams.subarray(8 * resample + 4, 8 * resample + 8));
    const found = measure({ idAccepted, oodAccepted, id, ood });
    found.forEach((value, at) => measures[at * resamples + resample] = value);
  }
  return measures;
}

/** Draws as many rows as there are; number i then tells how many of the first i rows came up. */
function draw(upTo: Uint32Array, state: Int32Array): void {
  const rows = upTo.length - 1;
  const generator = xoroshiro128plusFromState([...state]);
  upTo.fill(0);
  for (let i = 0; i < rows; i++) upTo[1 + integerBelow(generator, rows)]++;
  for (let i = 1; i <= rows; i++) upTo[i] += upTo[i - 1];
}

/** Ranks of the rows with at least each score, and numbers of those up to each rank that were drawn. */
interface Drawn {
  readonly idAccepted: Uint32Array;
  readonly oodAccepted: Uint32Array;
  readonly id: Uint32Array;
  readonly ood: Uint32Array;
}

/** Measures a resample by one walk along its curve; thresholds none of whose rows were drawn add nothing. */
function measure(drawn: Drawn): number[] {
  const { idAccepted, oodAccepted, id, ood } = drawn;
  const [idCount, oodCount] = [id.length - 1, ood.length - 1];
  let [idAbove, oodAbove] = [0, 0];
  let [twiceWon, auprIn, auprOut] = [0, 0, 0];
  let lowest = idCount * oodCount;
  for (let t = 0; t < idAccepted.length; t++) {
    const idHere = id[idAccepted[t]];
    const oodHere = ood[oodAccepted[t]];
    twiceWon += (oodHere - oodAbove) * (idAbove + idHere);
    auprIn += (idHere - idAbove) * (idHere / Math.max(1, idHere + oodHere));
    const rejected = oodCount - oodAbove;
    auprOut += (oodHere - oodAbove) * (rejected / Math.max(1, rejected + idCount - idAbove));
    lowest = Math.min(lowest, (idCount - idHere) * oodCount + oodHere * idCount);
    idAbove = idHere;
    oodAbove = oodHere;
  }
  return [
    twiceWon / (2 * idCount * oodCount),
    auprIn / idCount,
    auprOut / oodCount,
    ...ratesAt95(drawn),
    lowest / (2 * idCount * oodCount),
  ];
}

/** Returns the share of OOD rows accepted where 95% of the others are, and of these rejected where 95% of OOD rows are. */
function ratesAt95({ idAccepted, oodAccepted, id, ood }: Drawn): [number, number] {
  const [idCount, oodCount] = [id.length - 1, ood.length - 1];
  const first = (holds: (t: number) => boolean) => {
    let [low, high] = [0, idAccepted.length - 1];
    while (low < high) {
      const middle = low + high >> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const accepting = first((t) => id[idAccepted[t]] / idCount >= RATE);
  // The last threshold accepts all rows; rows are rejected as at the one before.
  const passing = first((t) => (oodCount - ood[oodAccepted[t]]) / oodCount < RATE);
  const above = passing > 0 ? id[idAccepted[passing - 1]] : 0;
  return [ood[oodAccepted[accepting]] / oodCount, (idCount - above) / idCount];
}
