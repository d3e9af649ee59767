import { callOften } from "./call_often.ts";
import type { Measurement, WorkArguments } from "./measurement.ts";
import { PeerError } from "./peer_error.ts";
import type { PeerPool } from "./peer_pool.ts";
import { PeerProcess } from "./peer_process.ts";
import type { Entry } from "./plan.ts";

/** Limits and progress of {@link measure}. */
export interface MeasureOptions {
  /** Largest number of runs of an entry. */
  readonly runs: number;
  /** Seconds of measured runs after which an entry is not run again. */
  readonly secondsEach: number;
  /** Called with a description of each step. */
  readonly onProgress: (note: string) => void;
}

/** An entry and its runs. */
export interface Measured {
  /** The entry. */
  readonly entry: Entry;
  /** The peer that did the runs. */
  readonly peer: PeerProcess;
  /** Label of the variant that was the fastest while warming up. */
  readonly label: string;
  /** Number of threads that was the fastest; `null` where there was no choice. */
  readonly threads: number | null;
  /** Measurements of the runs, in order. */
  readonly measurements: readonly Measurement[];
}

const shortSeconds = 1;

/** An entry that is ready to run. */
interface Runner {
  readonly entry: Entry;
  readonly peer: PeerProcess;
  readonly choice: Choice;
  readonly measurements: Measurement[];
}

/** A variant together with a number of threads. */
interface Choice {
  readonly label: string;
  readonly threads: number | null;
  readonly args: WorkArguments;
}

/**
 * Measures entries in turn, A B A B, so that anything that slows the machine for a while slows all of them. Before
 * that, every variant of an entry runs once to warm up, and the fastest is kept.
 *
 * @param entries The entries to measure.
 * @param pool The processes of the peers.
 * @param options Limits, and a callback for progress.
 * @returns The entries that could be run, and a message for each failure.
 */
export async function measure(
  entries: readonly Entry[],
  pool: PeerPool,
  options: MeasureOptions,
): Promise<{ measured: Measured[]; failures: string[] }> {
  const failures: string[] = [];
  const runners: Runner[] = [];
  for (const entry of entries) {
    await attempt(failures, async () => {
      const runner = await warmUp(entry, pool, options);
      if (runner) runners.push(runner);
    });
  }
  const active = new Set(runners);
  for (let run = 0; run < options.runs; run++) {
    for (const runner of active) {
      const { entry, peer, choice, measurements } = runner;
      const spent = measurements.reduce((sum, { seconds }) => sum + seconds, 0);
      if (spent >= options.secondsEach) {
        active.delete(runner);
        continue;
      }
      options.onProgress(`run ${run + 1} of ${options.runs}: ${describe(peer, choice)}`);
      const done = await attempt(failures, async () => {
        measurements.push(
          await callOften(peer, entry.work, { ...choice.args, ...entry.perRun?.(run) }),
        );
      });
      if (!done) active.delete(runner);
    }
  }
  const measured = runners
    .filter(({ measurements }) => measurements.length > 0)
    .map(({ choice: { label, threads }, ...rest }) => ({ ...rest, label, threads }));
  return { measured, failures };
}

/** Runs every choice of an entry once and keeps the fastest; returns nothing if a peer is missing. */
async function warmUp(
  entry: Entry,
  pool: PeerPool,
  { onProgress }: MeasureOptions,
): Promise<Runner | undefined> {
  for (const id of entry.needs ?? []) {
    if (!(await pool.get(id) instanceof PeerProcess)) return undefined;
  }
  const peer = await pool.get(entry.peer);
  if (!(peer instanceof PeerProcess)) return undefined;
  const choices = choicesOf(entry, peer);
  let best = { choice: choices[0], seconds: Infinity };
  for (const choice of entry.warmUp === false ? [] : choices) {
    onProgress(`warming up: ${describe(peer, choice)}`);
    const args = { ...choice.args, ...entry.perRun?.(0), ...entry.warmUp };
    // The first of short runs pays for threads and pages that later ones find ready.
    for (let spent = 0, tries = 0; tries < 2 && spent < shortSeconds; tries++) {
      const { seconds } = await peer.call(entry.work, args);
      if (seconds < best.seconds) best = { choice, seconds };
      spent += seconds;
    }
  }
  return { entry, peer, choice: best.choice, measurements: [] };
}

function choicesOf({ variants }: Entry, { peer: { threads } }: PeerProcess): Choice[] {
  return variants.flatMap(({ label, args }): Choice[] =>
    threads.length === 0
      ? [{ label, threads: null, args }]
      : threads.map((count) => ({ label, threads: count, args: { ...args, threads: count } }))
  );
}

function describe({ peer: { title } }: PeerProcess, { label, threads }: Choice): string {
  return [title, label, threads === null ? "" : `threads ${threads}`].filter(Boolean).join(", ");
}

/** Does an action that a peer may fail at; returns true if it succeeds. */
async function attempt(failures: string[], action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    failures.push(error.message);
    return false;
  }
}
