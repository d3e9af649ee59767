/**
 * The thread of a worker that computes, so that its program goes on telling Redis that it is alive.
 *
 * @module
 */
import { type BackendName, useBackend } from "@mixtape/tensor-utils";
import { Answerer, type AnswerSettings } from "./answer_question.ts";
import { type AnsweredBlocks, BlockAnswerer } from "./blocks/answer_blocks.ts";
import type { BlockQuestion } from "./blocks/block_question.ts";
import type { ExperimentAnswer, ExperimentQuestion } from "./experiment_question.ts";

/** The first message to a thread. */
export interface ThreadSettings extends AnswerSettings {
  readonly backend: BackendName;
  /** Threads of the backend `simd`. */
  readonly threads: number;
}

/** A question to a thread: about an experiment, or about blocks with the bytes that these are asked with. */
export type ThreadQuestion =
  | { readonly experiment: ExperimentQuestion }
  | { readonly blocks: BlockQuestion; readonly parcel: Uint8Array };

/** The answer of a thread: that of an experiment, or those for blocks. */
export type ThreadAnswer = ExperimentAnswer | AnsweredBlocks;

/** A message from a thread. */
export type ThreadMessage =
  | { readonly ready: true }
  | { readonly fraction: number; readonly note: string }
  | { readonly answer: ThreadAnswer }
  | { readonly failed: string };

interface Thread {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: ThreadMessage): void;
}
const thread = globalThis as unknown as Thread;

let answerer: Answerer;
let blockAnswerer: BlockAnswerer;

thread.onmessage = async ({ data }: MessageEvent<ThreadSettings | ThreadQuestion>) => {
  try {
    if ("sharedDir" in data) {
      await useBackend(data.backend, data.backend === "simd" ? { threads: data.threads } : {});
      answerer = new Answerer(data);
      blockAnswerer = new BlockAnswerer(data);
      thread.postMessage({ ready: true });
      return;
    }
    let last = -Infinity;
    const onProgress = (fraction: number, note = "") => {
      if (performance.now() - last < 500) return;
      last = performance.now();
      thread.postMessage({ fraction, note });
    };
    const answer = "blocks" in data
      ? await blockAnswerer.answer(data.blocks, data.parcel, onProgress)
      : await answerer.answer(data.experiment, onProgress);
    thread.postMessage({ answer });
  } catch (error) {
    thread.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
};

// What is sent while the modules above are still loading is lost.
thread.postMessage({ ready: true });
