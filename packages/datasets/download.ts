import { continues, isForWhole, type Origin, originOf } from "./content_range.ts";
import { untilAborted } from "./sources/until_aborted.ts";
import { type Patience, Watchdog } from "./watchdog.ts";
import { open, rm, stat } from "./sources/node_files.ts";

/** Options of the download of one file from one address. */
export interface DownloadOptions extends Patience {
  /** Largest number of bytes that is accepted. */
  readonly maxBytes: number;
  /** Number of attempts; each continues from where the last one stopped. */
  readonly attempts: number;
  /** Stops the download; the bytes that have arrived are kept. */
  readonly signal?: AbortSignal;
  /** Called as bytes arrive, with the size of the whole file if the server gives it. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
}

/** Outcome of a download. */
export interface Downloaded {
  /**
   * True if the beginning of the file was there before, or came in another response than its end.
   */
  readonly resumed: boolean;
}

/** A failure that another attempt at the same address may overcome. */
class InterruptedDownload extends TypeError {}

const FIRST_PAUSE_MS = 250;

/**
 * Downloads a file, continuing from the bytes that an earlier attempt left in `partial`.
 *
 * @param url The address.
 * @param partial The path to write to; the file stays there if the download is interrupted.
 * @param options Limits of the download.
 * @throws {TypeError} If the address cannot be reached, refuses, stalls, is too slow, or breaks
 * off.
 * @throws {RangeError} If it sends more than `maxBytes`; nothing of that is kept.
 */
export async function download(
  url: string,
  partial: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  let origin: Origin = {};
  for (let attempt = 1;; attempt++) {
    const watchdog = new Watchdog(options);
    try {
      const signals = [watchdog.signal, ...options.signal ? [options.signal] : []];
      const request = { url, watchdog, signal: AbortSignal.any(signals) };
      const answer = await ask(request, await sizeOf(partial) ?? 0, origin);
      origin = answer.origin;
      const body = untilAborted(answer.body, signals);
      await save({ ...answer, body }, partial, { ...options, watchdog });
      return { resumed: answer.start > 0 };
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof InterruptedDownload) || attempt >= options.attempts) throw error;
    } finally {
      watchdog[Symbol.dispose]();
    }
    await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1), options.signal);
  }
}

interface DownloadRequest {
  readonly url: string;
  readonly watchdog: Watchdog;
  readonly signal: AbortSignal;
}

/** Bytes of a file from some offset on. */
interface Answer {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly start: number;
  readonly origin: Origin;
}

/** Requests the bytes after those present, or the whole file if the server cannot send a part. */
async function ask(request: DownloadRequest, present: number, origin: Origin): Promise<Answer> {
  const response = await send(request, present, origin);
  if (present > 0 && response.ok && continues(response, present, origin)) {
    const { validator = origin.validator, total = origin.total } = originOf(response);
    return { body: response.body!, start: present, origin: { validator, total } };
  }
  if (present > 0 && (response.status === 206 || response.status === 416)) {
    await response.body?.cancel();
    return await ask(request, 0, {});
  }
  if (!response.ok || response.body === null || !isForWhole(response)) {
    await response.body?.cancel();
    const Failure = response.status >= 500 || response.status === 429
      ? InterruptedDownload
      : TypeError;
    throw new Failure(`answered ${response.status} ${response.statusText}`.trim());
  }
  return { body: response.body, start: 0, origin: originOf(response) };
}

async function send(
  { url, watchdog, signal }: DownloadRequest,
  present: number,
  { validator }: Origin,
): Promise<Response> {
  // If the server compressed the file once more, its size is not that of the file.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (present > 0) headers.range = `bytes=${present}-`;
  if (present > 0 && validator !== undefined) headers["if-range"] = validator;
  try {
    return await fetch(url, { headers, signal });
  } catch (cause) {
    throw new TypeError(watchdog.silent ?? `cannot be reached (${reason(cause)})`, { cause });
  }
}

async function save(
  { body, start, origin: { total } }: Answer,
  partial: string,
  { maxBytes, watchdog, onBytes }: DownloadOptions & { readonly watchdog: Watchdog },
): Promise<void> {
  const file = await open(partial, start > 0 ? "a" : "w");
  let received = start;
  try {
    for await (const chunk of body) {
      watchdog.received(chunk.length);
      received += chunk.length;
      if (received > maxBytes) break;
      await file.writeFile(chunk);
      onBytes?.(received, total);
    }
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof DOMException)) throw cause;
    if (watchdog.slow !== undefined) throw new TypeError(watchdog.slow, { cause });
    throw new InterruptedDownload(watchdog.silent ?? "broke off", { cause });
  } finally {
    await file.close();
  }
  if (received > maxBytes) {
    await rm(partial, { force: true });
    throw new RangeError(`sends more than ${maxBytes} bytes, the most that were expected`);
  }
  const size = await sizeOf(partial);
  if (size === undefined || size < (total ?? 0)) throw new InterruptedDownload("broke off");
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Resolves after some milliseconds, or rejects with the reason of a signal that aborts before. */
function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Returns the last link of a chain such as "error sending request: dns error: no such host". */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reason(error.cause) : error.message.split(": ").at(-1)!;
}
