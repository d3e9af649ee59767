/**
 * The thread of a worker that computes, so that its program goes on telling Redis that it is alive.
 *
 * @module
 */
import { type BackendName, useBackend } from "@mixtape/tensor-utils";
import { Answerer, type AnswerSettings } from "./answer_question.ts";
import type { ExperimentAnswer, ExperimentQuestion } from "./experiment_question.ts";

/** The first message to a thread. */
export interface ThreadSettings extends AnswerSettings {
  readonly backend: BackendName;
  /** Threads of the backend `simd`. */
  readonly threads: number;
}

/** A message from a thread. */
export type ThreadMessage =
  | { readonly ready: true }
  | { readonly fraction: number; readonly note: string }
  | { readonly answer: ExperimentAnswer }
  | { readonly failed: string };

interface Thread {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: ThreadMessage): void;
}
const thread = globalThis as unknown as Thread;

let answerer: Answerer;

thread.onmessage = async ({ data }: MessageEvent<ThreadSettings | ExperimentQuestion>) => {
  try {
    if ("sharedDir" in data) {
      await useBackend(data.backend, data.backend === "simd" ? { threads: data.threads } : {});
      answerer = new Answerer(data);
      thread.postMessage({ ready: true });
      return;
    }
    let last = -Infinity;
    const answer = await answerer.answer(data, (fraction, note) => {
      if (performance.now() - last < 500) return;
      last = performance.now();
      thread.postMessage({ fraction, note });
    });
    thread.postMessage({ answer });
  } catch (error) {
    thread.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
};

// What is sent while the modules above are still loading is lost.
thread.postMessage({ ready: true });
