import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { encodeNpy } from "../bench/core/npy.ts";
import { useBackend } from "@mixtape/tensor-utils";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { answerJob, type Computing } from "./answer_job.ts";
import { BlockAnswerer } from "./blocks/answer_blocks.ts";
import { BlockLabels } from "./blocks/block_labels.ts";
import type { BlockQuestion } from "./blocks/block_question.ts";
import type { Json } from "./job.ts";
import { keptOutcome } from "./outcomes.ts";
import type { JobContext } from "./serve_jobs.ts";

const centroids = Float64Array.of(0, 10);
const labels = Int32Array.of(0, 1, 1);

/** A worker that is to assign three rows, and the folder that it shares with a run. */
class Place {
  readonly #parcels = new Map([["asked", keptOutcome({ centroids, before: null }).bytes]]);
  readonly labels: BlockLabels;
  /** False once the run has left. */
  isWanted = true;

  constructor(readonly folder: string, readonly question: BlockQuestion) {
    this.labels = new BlockLabels(this.sharedDir);
  }

  get sharedDir(): string {
    return join(this.folder, "parts");
  }

  /** Does the job, by this program in place of a thread. */
  async answer(onAnswer = () => Promise.resolve()): Promise<Json> {
    const folders = { dataDir: this.folder, cacheDir: this.folder, sharedDir: this.sharedDir };
    const answerer = new BlockAnswerer(folders);
    const computing: Computing = {
      async answer(asked) {
        const { blocks, parcel } = asked as { blocks: BlockQuestion; parcel: Uint8Array };
        const answer = await answerer.answer(blocks, parcel);
        await onAnswer();
        return answer;
      },
    };
    const parcels = {
      get: (name: string) => Promise.resolve(this.#parcels.get(name)),
      put: (name: string, bytes: Uint8Array) => Promise.resolve(this.#parcels.set(name, bytes)),
    };
    const context = {
      ...{ name: "done", title: "lloyd, block 0", parcels, onProgress: () => {} },
      signal: new AbortController().signal,
      isWanted: () => Promise.resolve(this.isWanted),
    };
    const question = this.question as unknown as Json;
    return await answerJob(question, context as unknown as JobContext, computing, this.labels);
  }

  async isGone(): Promise<boolean> {
    return await Deno.stat(this.sharedDir).then(() => false, () => true);
  }
}

async function inPlace(test: (place: Place) => Promise<void>): Promise<void> {
  await useBackend("cpu");
  await inFolder(async (folder) => {
    const bytes = encodeNpy({ values: Float64Array.of(1, 9, 8), shape: [3, 1] });
    await Deno.writeFile(join(folder, "x.npy"), bytes);
    const data = { path: "x.npy", sha256: createHash("sha256").update(bytes).digest("hex") };
    const blocks = { data, blockRows: 3, firstBlock: 0, endBlock: 1 };
    await test(new Place(folder, { pass: "lloyd", parcel: "asked", ...blocks }));
  });
}

Deno.test("answerJob() keeps the labels of blocks in the folder of a run", async () => {
  await inPlace(async (place) => {
    await Deno.mkdir(place.sharedDir);
    await place.answer();
    assert.deepEqual(await place.labels.read(place.question, centroids), labels);
  });
});

Deno.test("answerJob() writes nothing for a run that has left, when the answer comes late", async () => {
  await inPlace(async (place) => {
    await Deno.mkdir(place.sharedDir);
    await place.answer(() => Deno.remove(place.sharedDir));
    assert(await place.isGone());
  });
});

Deno.test("answerJob() removes labels that it wrote while a run left", async () => {
  await inPlace(async (place) => {
    await Deno.mkdir(place.sharedDir);
    place.isWanted = false;
    await place.answer();
    assert(await place.isGone());
  });
});

Deno.test("answerJob() leaves no labels of a job that is ended, whose thread goes on", async () => {
  await inPlace(async (place) => {
    await Deno.mkdir(place.sharedDir);
    const ended = new RangeError("ended");
    await assert.rejects(place.answer(() => Promise.reject(ended)), ended);
    // It was all computed by now.
    assert.deepEqual(await Array.fromAsync(Deno.readDir(place.sharedDir)), []);
  });
});
