import type { JobContext } from "./serve_jobs.ts";
import type { ThreadAnswer, ThreadMessage, ThreadQuestion, ThreadSettings } from "./compute.ts";

/** Threads that answer questions, each one at a time. */
export class Threads implements Disposable {
  readonly #settings: ThreadSettings;
  readonly #idle: Worker[] = [];
  readonly #busy = new Set<Worker>();

  /** @param settings Version, folders and backend. */
  constructor(settings: ThreadSettings) {
    this.#settings = settings;
  }

  /**
   * Answers a question on an idle thread, or a new one.
   *
   * @param question The question.
   * @param context Signal, at which the thread is ended, and progress.
   * @returns The answer.
   */
  async answer(
    question: ThreadQuestion,
    { signal, onProgress }: Pick<JobContext, "signal" | "onProgress">,
  ): Promise<ThreadAnswer> {
    const thread = this.#idle.pop() ?? await this.#start();
    this.#busy.add(thread);
    try {
      const message = await exchange(thread, question, signal, onProgress);
      if ("failed" in message) throw new TypeError(message.failed);
      this.#idle.push(thread);
      return (message as { readonly answer: ThreadAnswer }).answer;
    } catch (error) {
      // It may be in the middle of the job, and is not to be trusted after a failure.
      thread.terminate();
      throw error;
    } finally {
      this.#busy.delete(thread);
    }
  }

  /** Starts a thread, and ends it if that fails. */
  async #start(): Promise<Worker> {
    const thread = new Worker(new URL("./compute.ts", import.meta.url), { type: "module" });
    try {
      await exchange(thread, undefined);
      const message = await exchange(thread, this.#settings);
      if ("failed" in message) throw new TypeError(message.failed);
      return thread;
    } catch (error) {
      thread.terminate();
      throw error;
    }
  }

  /** Starts a thread ahead of the first question, so that what is wrong shows at once. */
  async prepare(): Promise<void> {
    this.#idle.push(await this.#start());
  }

  /** Ends all threads. */
  [Symbol.dispose](): void {
    for (const thread of [...this.#idle, ...this.#busy]) thread.terminate();
  }
}

/** Sends a message, if any, and waits for the last one that answers it. */
async function exchange(
  thread: Worker,
  message: ThreadSettings | ThreadQuestion | undefined,
  signal?: AbortSignal,
  onProgress?: JobContext["onProgress"],
): Promise<ThreadMessage> {
  const end = Promise.withResolvers<ThreadMessage>();
  const abort = () => end.reject(signal!.reason);
  thread.onmessage = ({ data }: MessageEvent<ThreadMessage>) => {
    if ("fraction" in data) onProgress?.(data.fraction, data.note);
    else end.resolve(data);
  };
  thread.onerror = (event) => {
    event.preventDefault();
    end.reject(new TypeError(`The thread ended: ${event.message}`));
  };
  signal?.addEventListener("abort", abort);
  try {
    signal?.throwIfAborted();
    if (message !== undefined) thread.postMessage(message);
    return await end.promise;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
