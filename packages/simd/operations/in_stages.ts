import type { Turns, Work } from "../turns.ts";

/** The parts of work on rows that are copied into memory a stage at a time. */
export interface Stages {
  /** Number of rows. */
  readonly n: number;
  /** Number of rows of a stage; the last one may have fewer. */
  readonly rows: number;
  /** Copies the rows from `start` to `end` into memory. */
  readonly read: (start: number, end: number) => void;
  /** Works on those rows, and does `meanwhile` on the caller's thread while the others already work. */
  readonly work: (start: number, end: number, meanwhile: () => void) => void | Work<void>;
  /** Copies what became of those rows; nothing by default. */
  readonly write?: (start: number, end: number) => void;
}

/**
 * Works on rows stage by stage. While one stage is worked on, the results of the last one and the rows of
 * the next are copied: a stage needs another place than the one before it.
 *
 * @param turns Lets the event loop turn between stages; without it, all is done at once.
 */
export function* inStages(
  { n, rows, read, work, write = () => {} }: Stages,
  turns?: Pick<Turns, "offer">,
): Work<void> {
  const endOf = (start: number) => Math.min(n, start + rows);
  read(0, endOf(0));
  let start = 0;
  for (; start < n; start += rows) {
    const [before, next] = [start - rows, start + rows];
    const pieces = work(start, endOf(start), () => {
      if (start > 0) write(before, start);
      if (next < n) read(next, endOf(next));
    });
    if (pieces) yield* pieces;
    if (turns && next < n) yield* turns.offer();
  }
  write(start - rows, n);
}
