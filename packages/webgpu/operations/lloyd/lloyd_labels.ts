import { LISTED } from "../../kernels/lloyd_frame.ts";
import type { LloydBatch, LloydRequest, OpenRow } from "./lloyd_batch.ts";
import type { LloydBuffers } from "./lloyd_buffers.ts";

/** A row that the device was in doubt of, and its label by the host. */
export interface DecidedRow extends OpenRow {
  readonly label: number;
}

/** A step that the device took. */
export interface DeviceStep {
  readonly buffers: LloydBuffers;
  readonly batch: LloydBatch;
  /** Index in the batch. */
  readonly step: number;
  /** Rows whose label of the device the host corrects. */
  readonly corrected: readonly DecidedRow[];
  /** All rows that the device was in doubt of. */
  readonly decided: readonly DecidedRow[];
}

/**
 * Labels of the last step. Those of steps that the device took stay there until they are asked for;
 * if they are asked for at every step, they come with the batch, or if few change, with the rows that do.
 */
export class LloydLabels {
  /** The labels as they were when they were last asked for. */
  readonly values: Int32Array;
  readonly #isAlwaysAsked: boolean;
  /** Step of the device that the labels are of; undefined if the host found them. */
  #at: DeviceStep | undefined;
  /** Labels by the device and the host of the rows of the last step on which they differ. */
  #corrections = new Map<number, { readonly device: number; readonly host: number }>();
  /** True if `values` are those of the last step. */
  #areKnown = true;
  #isFirst = true;
  #isAsked = false;
  /** Steps of the batch that were taken, and those of them whose labels were asked for. */
  #taken = 0;
  #asked = 0;

  /**
   * Begins without labels.
   *
   * @param n Number of rows.
   * @param isAlwaysAsked True if the labels of each step will be asked for.
   */
  constructor(n: number, isAlwaysAsked: boolean) {
    this.values = new Int32Array(n).fill(-1);
    this.#isAlwaysAsked = isAlwaysAsked;
  }

  /** Forgets all labels. */
  reset(): void {
    this.values.fill(-1);
    this.#at = undefined;
    this.#corrections.clear();
    this.#areKnown = this.#isFirst = true;
    this.#taken = this.#asked = 0;
  }

  /** Chooses what the host reads of the next batch of up to `steps` steps. */
  request(buffers: LloydBuffers, steps: number): LloydRequest {
    const { labelledSteps } = buffers.layout;
    const areAsked = this.#isAlwaysAsked || (this.#taken > 0 && this.#asked === this.#taken);
    this.#taken = this.#asked = 0;
    const watched = [...this.#corrections.keys()];
    if (!areAsked) {
      const isCounted = this.#isFirst || (this.#at && watched.length <= LISTED);
      return isCounted ? { steps, labels: 0, watched } : { steps, labels: 1, watched: [] };
    }
    const changes = watched.length <= LISTED ? this.#changesOf(steps) : undefined;
    if (changes) return { steps, labels: 0, changes, watched };
    const labels = Math.min(steps, labelledSteps);
    return { steps: labels, labels, watched: [] };
  }

  /**
   * Goes on to the next step of the device.
   *
   * @returns Number of labels that differ from those of the step before.
   */
  async take(next: DeviceStep): Promise<number> {
    const { batch, step, corrected } = next;
    const ofHost = this.#at || this.#isFirst ? undefined : this.values.slice();
    const changed = this.#isFirst ? this.values.length : this.#countChanged(next);
    const areChanged = this.#at !== undefined && this.#areKnown && this.#change(batch, step);
    this.#corrections = new Map(
      corrected.map(({ row, now, label }) => [row, { device: now, host: label }]),
    );
    this.#at = next;
    this.#taken++;
    this.#isAsked = this.#isFirst = false;
    this.#areKnown = areChanged;
    if (areChanged) this.#correct();
    return ofHost ? countUnlike(ofHost, await this.get()) : changed;
  }

  /**
   * Takes labels of a step that the host took; those of the step before have to be known.
   *
   * @returns Number of labels that differ from those of the step before.
   */
  set(labels: Int32Array): number {
    const changed = countUnlike(this.values, labels);
    this.values.set(labels);
    this.#areKnown = true;
    this.#isFirst = false;
    this.leaveDevice();
    return changed;
  }

  /** Goes on without the buffers of the last step, whose labels have to be known. */
  leaveDevice(): void {
    this.#at = undefined;
    this.#corrections.clear();
  }

  /** Returns `values`, once they are those of the last step. */
  async get(): Promise<Int32Array> {
    const isRegular = this.#taken > 1 && this.#asked === this.#taken - 1;
    if (!this.#isAsked) this.#asked++;
    this.#isAsked = true;
    if (this.#areKnown) return this.values;
    const { buffers, batch, step } = this.#at!;
    if (!batch.labels(step)) {
      // Labels that were asked for at the steps before are asked for at those after, too.
      const steps = isRegular ? Math.min(batch.taken - step, buffers.layout.labelledSteps) : 1;
      await buffers.readLabels(batch, step, steps);
    }
    this.values.set(batch.labels(step)!);
    this.#correct();
    this.#areKnown = true;
    return this.values;
  }

  /** Writes what the host knows better. */
  #correct(): void {
    for (const [row, { host }] of this.#corrections) this.values[row] = host;
  }

  /** Goes on from known labels to those of the device after a step; returns false if the host cannot. */
  #change(batch: LloydBatch, step: number): boolean {
    for (const [row, { device }] of this.#corrections) this.values[row] = device;
    return batch.change(step, this.values);
  }

  /**
   * Counts the labels that differ from those of the step before: the device counts its own, and
   * those that the host corrected, before or now, are counted anew.
   */
  #countChanged({ batch, step, decided, corrected }: DeviceStep): number {
    const open = new Map(decided.map((row) => [row.row, row]));
    const rows = new Set([...this.#corrections.keys(), ...corrected.map(({ row }) => row)]);
    let changed = batch.moves(step);
    for (const row of rows) {
      const now = open.get(row);
      const device = now?.now ?? batch.watched(row);
      const host = now?.label ?? device;
      const before = this.#corrections.get(row) ?? { device: now!.before, host: now!.before };
      changed += Number(host !== before.host) - Number(device !== before.device);
    }
    return changed;
  }

  /**
   * Returns the number of rows of each part that may change cluster in a batch, after those that did in
   * the last step; undefined if they are too many to be listed, or the labels of the last step are not known.
   */
  #changesOf(steps: number): number[] | undefined {
    if (!this.#at || !this.#areKnown) return undefined;
    const { buffers, batch, step } = this.#at;
    const changes = buffers.mostChanges.map((most, part) => {
      // In most fits they become fewer.
      return Math.min(most, 2 * steps * batch.counter(step, part, "moved"));
    });
    const isEnough = (count: number, part: number) => {
      return count >= steps * batch.counter(step, part, "moved");
    };
    return changes.every(isEnough) ? changes : undefined;
  }
}

function countUnlike(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let row = 0; row < a.length; row++) if (a[row] !== b[row]) count++;
  return count;
}
