import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));

/** Exit code and output of a task. */
export interface EndedTask {
  readonly code: number;
  readonly said: string;
  readonly error: string;
}

/** A task that runs as a program of its own, with its permissions in deno.json; for tests only. */
export class StartedTask {
  readonly #process: Deno.ChildProcess;
  readonly #streams: readonly Promise<void>[];
  #said = "";
  #error = "";

  /**
   * @param task Name of the task.
   * @param args Its command line.
   * @param password Password of the server, in its environment.
   */
  constructor(task: string, args: readonly string[], password: string) {
    const [, ...command] = tasks[task].command.split(" ");
    this.#process = new Deno.Command(Deno.execPath(), {
      args: [command[0], "--no-check", "--no-prompt", ...command.slice(1), ...args],
      cwd: root,
      env: { MIXTAPE_DATA_DIR: "", MIXTAPE_REDIS_PASSWORD: password },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const { stdout, stderr } = this.#process;
    this.#streams = [
      gather(stdout, (text) => this.#said += text),
      gather(stderr, (text) => this.#error += text),
    ];
  }

  /** Its output so far. */
  get said(): string {
    return this.#said;
  }

  /** Waits until it has printed something. */
  async prints(sign: RegExp): Promise<void> {
    for (let attempt = 0; !sign.test(this.#said); attempt++) {
      if (attempt === 6000) throw new Deno.errors.TimedOut(`${sign}: ${this.#said}${this.#error}`);
      await new Promise((end) => setTimeout(end, 5));
    }
  }

  /** Sends it a signal, unless it has ended. */
  kill(signal: Deno.Signal): void {
    try {
      this.#process.kill(signal);
    } catch {
      // It has ended.
    }
  }

  /** Waits for its end. */
  async ended(): Promise<EndedTask> {
    const { code } = await this.#process.status;
    await Promise.all(this.#streams);
    return { code, said: this.#said, error: this.#error };
  }
}

async function gather(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onText: (text: string) => void,
): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) onText(text);
}
