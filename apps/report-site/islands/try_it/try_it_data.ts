import type { TryItPayload } from "@mixtape/results";

/** A data set, as far as the reader sees it. */
export interface NamedSet {
  /** Its name. */
  readonly title: string;
  /** The names of its classes. */
  readonly classNames: readonly string[];
}

/** The data of the island. */
export interface TryItData {
  /** The result. */
  readonly payload: TryItPayload;
  /** The data that belong. */
  readonly inside: NamedSet;
  /** The other data set. */
  readonly outside: NamedSet;
  /** The files of the result by their path: JSON as it is, all others compressed (zlib), in base64. */
  readonly files: Readonly<Record<string, string>>;
}
