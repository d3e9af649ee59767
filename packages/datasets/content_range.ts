/** Identity of a file on a server, which shows if a later response is of the same file. */
export interface Origin {
  /** Strong entity tag of the file, or its date if it has none. */
  readonly validator?: string;
  /** Size of the file in bytes. */
  readonly total?: number;
}

/** Returns the identity of the file that a response holds whole or in part. */
export function originOf({ headers, status }: Response): Origin {
  const tag = headers.get("etag");
  const validator = tag?.startsWith('"') ? tag : headers.get("last-modified") ?? undefined;
  if (status === 206) return { validator, total: contentRange(headers)?.total };
  // A fetch decompresses what the server compressed, but the length is that of the compressed
  // bytes.
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  return { validator, total: length === null ? undefined : Number(length) };
}

/**
 * Returns true if a response holds the rest of a file whose beginning is already present.
 *
 * @param response The answer to a request for the bytes from `present` on.
 * @param present The number of bytes that are present.
 * @param origin Identity of the file when its beginning arrived, as far as it is known.
 */
export function continues(response: Response, present: number, origin: Origin): boolean {
  const range = contentRange(response.headers);
  if (response.status !== 206 || range === undefined) return false;
  const { validator, total } = originOf(response);
  return range.start === present &&
    (range.total === undefined || range.end === range.total - 1) &&
    !response.headers.has("content-encoding") &&
    !differ(validator, origin.validator) &&
    !differ(total, origin.total);
}

/** Returns true if a response holds a whole file. */
export function isForWhole({ status, headers }: Response): boolean {
  if (status !== 206) return true;
  const range = contentRange(headers);
  return range?.start === 0 && range.end + 1 === range.total;
}

function differ<Value>(a: Value | undefined, b: Value | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

interface ContentRange {
  readonly start: number;
  readonly end: number;
  readonly total?: number;
}

function contentRange(headers: Headers): ContentRange | undefined {
  const parts = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  if (parts === null) return undefined;
  const [start, end, total] = parts.slice(1).map(Number);
  return { start, end, total: Number.isNaN(total) ? undefined : total };
}
