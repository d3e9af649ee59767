import { totalOfBlocks } from "@mixtape/clustering";
import {
  type BlockPasses,
  type CandidateDraws,
  type CandidateRound,
  disposing,
  type LloydSession,
  type LloydStep,
  type MixtureCovariance,
  type MixtureFactors,
  type MixtureMoments,
  type MixtureSession,
  type MixtureStepOptions,
  openLloydOnce,
  type RowReader,
} from "@mixtape/tensor-utils";
import { addMoments, BlockMixture } from "../../packages/mixture/block_mixture.ts";
import type { BlockAsker } from "./ask_blocks.ts";
import type { BlockAnswer } from "./block_question.ts";

/** Passes over blocks that workers do; what is rare, or small beside them, is done here. */
export class WorkerPasses implements BlockPasses {
  readonly #asker: BlockAsker;

  /** @param asker Asks the workers. */
  constructor(asker: BlockAsker) {
    this.#asker = asker;
  }

  async magnitude(rows: RowReader, signal?: AbortSignal): Promise<number> {
    let largest = 0;
    for await (const one of this.#asker.pass("magnitude", null, rows, signal)) {
      largest = Math.max(largest, one);
    }
    return largest;
  }

  openLloyd(
    rows: RowReader,
    { sampleWeight, signal }: { sampleWeight?: Float64Array; signal?: AbortSignal },
  ): LloydSession | undefined {
    // Weights are as many as rows, and live here.
    return sampleWeight ? undefined : new WorkerLloyd(this.#asker, rows, signal);
  }

  drawCandidates(
    rows: RowReader,
    round: CandidateRound,
    signal?: AbortSignal,
  ): AsyncIterable<CandidateDraws> {
    return this.#asker.pass("candidates", round, rows, signal);
  }

  openMixture(
    rows: RowReader,
    covariance: MixtureCovariance,
    signal?: AbortSignal,
  ): MixtureSession {
    return new WorkerMixture(this.#asker, rows, covariance, signal);
  }
}

/** Lloyd's algorithm on blocks that live with workers; labels are gathered when they are asked for. */
class WorkerLloyd implements LloydSession {
  readonly #asker: BlockAsker;
  readonly #rows: RowReader;
  readonly #signal?: AbortSignal;
  readonly #labels: Int32Array;
  /** The centroids of the last assignment. */
  #before: Float64Array | null = null;
  /** All centroids under which labels may lie in the shared folder. */
  #labelled: Float64Array[] = [];

  constructor(asker: BlockAsker, rows: RowReader, signal?: AbortSignal) {
    this.#asker = asker;
    this.#rows = rows;
    this.#signal = signal;
    this.#labels = new Int32Array(rows.shape[0]);
  }

  async step(given: Float64Array): Promise<LloydStep> {
    const before = this.#before;
    const centroids = given.slice();
    this.reset();
    this.#labelled.push(centroids);
    const parts: BlockAnswer<"lloyd">[] = [];
    const asked = { centroids, before };
    for await (const part of this.#asker.pass("lloyd", asked, this.#rows, this.#signal)) {
      // One sum for all blocks so far, as each has as many numbers.
      const changed = part.changed + (parts[0]?.changed ?? 0);
      parts[0] = { ...totalOfBlocks([...parts, part]), changed };
    }
    this.#before = centroids;
    await this.#forget(this.#labelled.filter((one) => !isSame(one, centroids)));
    this.#labelled = [centroids];
    return { ...parts[0], labels: this.#labels };
  }

  async labels(): Promise<Int32Array> {
    const { blockRows } = this.#rows;
    for (const range of this.#asker.ranges(this.#rows)) {
      const labels = await this.#asker.labels.read(range, this.#before!);
      if (labels === undefined) return await this.#assignHere();
      this.#labels.set(labels, range.firstBlock * blockRows);
    }
    return this.#labels;
  }

  async distances(): Promise<Float64Array> {
    const distances = new Float64Array(this.#labels.length);
    await this.#assignHere(distances);
    return distances;
  }

  reset(): void {
    this.#before = null;
  }

  [Symbol.dispose](): void {
    this.#asker.atEnd(() => this.#forget(this.#labelled));
  }

  /** Assigns all rows here, and tells their distances where these are wanted. */
  async #assignHere(distances?: Float64Array): Promise<Int32Array> {
    for await (const { x, firstRow } of this.#rows.blocks(this.#signal)) {
      await disposing(openLloydOnce(x), async (session) => {
        this.#labels.set((await session.step(this.#before!)).labels, firstRow);
        distances?.set(await session.distances(), firstRow);
      });
    }
    return this.#labels;
  }

  async #forget(labelled: readonly Float64Array[]): Promise<void> {
    const ranges = this.#asker.ranges(this.#rows);
    for (const centroids of labelled) await this.#asker.labels.remove(ranges, centroids);
  }
}

/** The passes of expectation-maximisation over blocks that live with workers. */
class WorkerMixture extends BlockMixture {
  readonly #asker: BlockAsker;
  readonly #blocks: RowReader;
  readonly #covariance: MixtureCovariance;
  readonly #signal?: AbortSignal;

  constructor(
    asker: BlockAsker,
    rows: RowReader,
    covariance: MixtureCovariance,
    signal?: AbortSignal,
  ) {
    super(rows, covariance, signal);
    this.#asker = asker;
    this.#blocks = rows;
    this.#covariance = covariance;
    this.#signal = signal;
  }

  override async step(
    factors: MixtureFactors,
    options?: MixtureStepOptions,
  ): Promise<MixtureMoments> {
    const asked = { covariance: this.#covariance, factors, options };
    let total: MixtureMoments | undefined;
    for await (const part of this.#asker.pass("mixture", asked, this.#blocks, this.#signal)) {
      total = addMoments(total, part);
    }
    return total!;
  }
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => value === b[i]);
}
