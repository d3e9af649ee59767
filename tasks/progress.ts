/**
 * Progress of a long task: a bar on a terminal, plain lines when piped.
 *
 * @module
 */
import cliProgress from "cli-progress";
import process from "node:process";
import { print, printError } from "./command_line.ts";

/** A stage of a task, and its share of the task's time. */
export interface Stage {
  /** Name of the stage, to show. */
  readonly name: string;
  /** Relative duration in any unit, such as the seconds that the stage usually takes. */
  readonly weight: number;
}

/** Options of {@linkcode startProgress}. */
export interface ProgressOptions {
  /** Stages in the order they run; a plain name has weight 1. */
  readonly stages: readonly (string | Stage)[];
  /** True to draw a bar; by default if stderr is a terminal. */
  readonly bar?: boolean;
  /** Called with each plain line; prints to stdout by default. */
  readonly print?: (line: string) => void;
  /** Clock, in milliseconds; `performance.now` by default. */
  readonly now?: () => number;
}

/** The progress display of a running task. */
export interface Progress {
  /** Ends the current stage and begins the one of that name, which must be one of those still to come. */
  stage(name: string): void;
  /** Updates the share of the current stage that is done, from 0 to 1, with a note on what it is doing. */
  update(fraction: number, note?: string): void;
  /** Prints a line above the bar. */
  log(line: string): void;
  /** Ends the last stage and restores the terminal; may be called twice. */
  done(): void;
  /** Restores the terminal, whether the task has succeeded or failed. */
  [Symbol.dispose](): void;
}

/** Least time between two plain lines of a stage, in milliseconds. */
const LINE_INTERVAL_MS = 10_000;

/**
 * Starts to show the progress of a task: as a bar on stderr if that is a terminal, else as lines on
 * stdout, so that stderr has errors only.
 *
 * @param options The stages and the kind of display.
 * @returns The display, for the task to report to.
 */
export function startProgress(options: ProgressOptions): Progress {
  const tracker = new Tracker(options.stages, options.now ?? (() => performance.now()));
  const bar = options.bar ?? process.stderr.isTTY === true;
  return bar ? new ProgressBar(tracker) : new ProgressLines(tracker, options.print ?? print);
}

/** The state of a task: its current stage, the share that is done, elapsed and estimated time. */
class Tracker {
  readonly #stages: readonly Stage[];
  readonly #total: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  #index = -1;
  #fraction = 0;
  #stageStartedAt: number;

  constructor(stages: readonly (string | Stage)[], now: () => number) {
    this.#stages = stages.map((stage) =>
      typeof stage === "string" ? { name: stage, weight: 1 } : stage
    );
    this.#total = this.#stages.reduce((sum, { weight }) => sum + weight, 0);
    this.#now = now;
    this.#startedAt = this.#stageStartedAt = now();
  }

  get name(): string {
    return this.#stages[this.#index]?.name ?? "";
  }

  get position(): string {
    return `${this.#index + 1}/${this.#stages.length}`;
  }

  get fraction(): number {
    if (this.#index < 0 || this.#total === 0) return 0;
    const before = this.#stages.slice(0, this.#index).reduce((sum, { weight }) => sum + weight, 0);
    return (before + this.#stages[this.#index].weight * this.#fraction) / this.#total;
  }

  get stageMs(): number {
    return this.#now() - this.#stageStartedAt;
  }

  get totalMs(): number {
    return this.#now() - this.#startedAt;
  }

  /** Estimates the time left, in milliseconds, if the rest goes as fast as the part that is done. */
  get left(): string {
    const { fraction } = this;
    if (fraction < 0.01) return "";
    return `${formatDuration(this.totalMs * (1 - fraction) / fraction)} left`;
  }

  begin(name: string): void {
    const index = this.#stages.findIndex((stage, i) => i > this.#index && stage.name === name);
    if (index < 0) {
      throw new RangeError(
        `Cannot begin the stage ${name}: those still to come are ` +
          this.#stages.slice(this.#index + 1).map((stage) => stage.name).join(", "),
      );
    }
    this.#index = index;
    this.#fraction = 0;
    this.#stageStartedAt = this.#now();
  }

  update(fraction: number): void {
    this.#fraction = Math.min(Math.max(fraction, 0), 1);
  }
}

class ProgressBar implements Progress {
  readonly #tracker: Tracker;
  readonly #bar = new cliProgress.SingleBar({
    format: "{bar} {percentage}% | {running} | {left}",
    barsize: 24,
    stream: process.stderr,
    clearOnComplete: true,
    // Computation blocks the timers that would draw the bar, so updates draw it.
    synchronousUpdate: true,
    gracefulExit: false,
  }, cliProgress.Presets.shades_classic);
  #note = "";
  #stopped = false;

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
    this.#bar.start(1000, 0, { running: "starting", left: "" });
  }

  stage(name: string): void {
    this.#tracker.begin(name);
    this.#note = "";
    this.#draw();
    // The stage may compute before the next drawing is due, so its name is drawn at once.
    this.#bar.render(true);
  }

  update(fraction: number, note?: string): void {
    this.#tracker.update(fraction);
    if (note !== undefined) this.#note = note;
    this.#draw();
  }

  log(line: string): void {
    this.#bar.stop();
    printError(line);
    if (this.#stopped) return;
    this.#bar.start(1000, 0, { running: "", left: "" });
    this.#draw();
  }

  done(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#bar.stop();
  }

  [Symbol.dispose](): void {
    this.done();
  }

  #draw(): void {
    if (this.#stopped) return;
    const { name, position, fraction, left } = this.#tracker;
    const running = [`${position} ${name}`, this.#note].filter((text) => text !== "").join(": ");
    this.#bar.update(Math.round(1000 * fraction), { running, left });
  }
}

class ProgressLines implements Progress {
  readonly #tracker: Tracker;
  readonly #print: (line: string) => void;
  #lastLineMs = 0;
  #stopped = false;

  constructor(tracker: Tracker, print: (line: string) => void) {
    this.#tracker = tracker;
    this.#print = print;
  }

  stage(name: string): void {
    this.#endStage();
    this.#tracker.begin(name);
    this.#lastLineMs = 0;
    this.#print(`[${this.#tracker.position}] ${name}`);
  }

  update(fraction: number, note?: string): void {
    this.#tracker.update(fraction);
    const { stageMs, position, name, left } = this.#tracker;
    if (this.#stopped || stageMs - this.#lastLineMs < LINE_INTERVAL_MS) return;
    this.#lastLineMs = stageMs;
    const percent = `${Math.floor(100 * this.#tracker.fraction)}%`;
    const details = [note, percent, left].filter((text) => text);
    this.#print(`[${position}] ${name}: ${details.join(", ")}`);
  }

  log(line: string): void {
    this.#print(line);
  }

  done(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#endStage();
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
  }

  #endStage(): void {
    const { name, position, stageMs } = this.#tracker;
    if (name !== "") this.#print(`[${position}] ${name} took ${formatDuration(stageMs)}`);
  }
}

/**
 * Formats a duration for people: `0.8 s`, `12 s`, `3 min 20 s`, `1 h 5 min`.
 *
 * @param ms Duration in milliseconds.
 * @returns The text.
 */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
