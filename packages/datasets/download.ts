import { open, rm, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** How to download one file from one address. */
export interface DownloadOptions {
  /** More bytes than this are refused. */
  readonly maxBytes: number;
  /** Milliseconds without a byte after which an attempt is given up. */
  readonly timeoutMs: number;
  /** How often to try, going on where the last attempt stopped. */
  readonly attempts: number;
  /** Stops the download and keeps what has arrived. */
  readonly signal?: AbortSignal;
  /** Called as bytes arrive, with the size of the whole file when the server tells it. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
}

/** A failure that another attempt at the same address may get over. */
class InterruptedDownload extends TypeError {}

const FIRST_PAUSE_MS = 250;

/**
 * Downloads a file, going on from what an earlier attempt left in `partial`.
 *
 * @param url The address.
 * @param partial Where the bytes go; it stays when the download is interrupted.
 * @param options The limits.
 * @throws {TypeError} If the address cannot be reached, refuses, stalls or breaks off.
 * @throws {RangeError} If it sends more than `maxBytes`; nothing of that is kept.
 */
export async function download(
  url: string,
  partial: string,
  options: DownloadOptions,
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await downloadOnce(url, partial, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof InterruptedDownload) || attempt >= options.attempts) throw error;
    }
    await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal: options.signal });
  }
}

async function downloadOnce(
  url: string,
  partial: string,
  options: DownloadOptions,
): Promise<void> {
  using watchdog = new Watchdog(options.timeoutMs);
  const signal = AbortSignal.any([watchdog.signal, ...options.signal ? [options.signal] : []]);
  const present = await sizeOf(partial);
  // A server that compressed the file once more would send a size that is not that of the file.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (present > 0) headers.range = `bytes=${present}-`;
  let response: Response;
  try {
    response = await fetch(url, { headers, signal });
  } catch (cause) {
    throw new TypeError(watchdog.barked ?? `cannot be reached (${reason(cause)})`, { cause });
  }
  if (response.status === 416) {
    await response.body?.cancel();
    await rm(partial);
    throw new InterruptedDownload("cannot go on from what was kept");
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const Failure = response.status >= 500 || response.status === 429
      ? InterruptedDownload
      : TypeError;
    throw new Failure(`answered ${response.status} ${response.statusText}`.trim());
  }
  const resumed = response.status === 206 && rangeStart(response) === present;
  const start = resumed ? present : 0;
  const total = announcedSize(response, start);
  try {
    await save(response.body, partial, { ...options, start, total, watchdog });
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof DOMException)) throw cause;
    throw new InterruptedDownload(watchdog.barked ?? "broke off", { cause });
  }
  if (total !== undefined && await sizeOf(partial) < total) {
    throw new InterruptedDownload("broke off");
  }
}

async function save(
  body: ReadableStream<Uint8Array>,
  partial: string,
  { start, total, maxBytes, watchdog, onBytes }: DownloadOptions & {
    start: number;
    total: number | undefined;
    watchdog: Watchdog;
  },
): Promise<void> {
  const file = await open(partial, start > 0 ? "a" : "w");
  let received = start;
  try {
    for await (const chunk of body) {
      watchdog.calm();
      received += chunk.length;
      if (received > maxBytes) break;
      await file.writeFile(chunk);
      onBytes?.(received, total);
    }
  } finally {
    await file.close();
  }
  if (received <= maxBytes) return;
  await rm(partial);
  throw new RangeError(`sends more than the ${maxBytes} bytes that were expected at most`);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** The last link of a chain such as "error sending request: dns error: no such host". */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reason(error.cause) : error.message.split(": ").at(-1)!;
}

function rangeStart(response: Response): number | undefined {
  const start = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  return start === undefined ? undefined : Number(start);
}

function announcedSize(response: Response, start: number): number | undefined {
  const length = response.headers.get("content-length");
  if (length === null || response.headers.has("content-encoding")) return undefined;
  return start + Number(length);
}

/** Aborts what has been silent for too long. */
class Watchdog implements Disposable {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: ReturnType<typeof setTimeout>;
  /** What to say when it was silent for too long. */
  barked: string | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  calm(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.barked = `sent nothing for ${this.#timeoutMs / 1000} s`;
      this.#controller.abort();
    }, this.#timeoutMs);
  }
}
