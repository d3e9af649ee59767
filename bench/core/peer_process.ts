import { lines } from "./lines.ts";
import type { Measurement, WorkArguments } from "./measurement.ts";
import type { MissingPeer, Peer, PeerVersions } from "./peer.ts";
import { peerEnvironment } from "./peer_environment.ts";
import { PeerError } from "./peer_error.ts";

/** A line that a peer prints: `ready` or `missing` first, then one `result` or `error` per request. */
interface PeerLine {
  readonly ready?: PeerVersions;
  readonly missing?: string;
  readonly result?: Measurement;
  readonly error?: string;
}

const keptErrors = 4000;

/**
 * The running process of a peer. It lives as long as the row, so that start-up is not measured. A request is one
 * line of JSON, and so is its answer.
 */
export class PeerProcess implements AsyncDisposable {
  /** The peer. */
  readonly peer: Peer;
  /** Versions and settings that the peer reported. */
  readonly versions: PeerVersions;
  readonly #child: Deno.ChildProcess;
  readonly #answers: AsyncGenerator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;

  private constructor(
    peer: Peer,
    versions: PeerVersions,
    child: Deno.ChildProcess,
    answers: AsyncGenerator<string>,
  ) {
    this.peer = peer;
    this.versions = versions;
    this.#child = child;
    this.#answers = answers;
    this.#input = child.stdin.getWriter();
  }

  /**
   * Starts a peer.
   *
   * @param peer The peer.
   * @param signal Signal that ends the process.
   * @returns The process; if the peer is missing, the reason and the command that installs it.
   */
  static async start(peer: Peer, signal?: AbortSignal): Promise<PeerProcess | MissingPeer> {
    const { title, install } = peer;
    const child = spawn(peer, signal);
    if (child instanceof Error) return { title, install, reason: child.message };
    const errors = tail(child.stderr);
    const answers = lines(child.stdout);
    const { value, done } = await answers.next();
    const first: PeerLine = done ? {} : JSON.parse(value);
    if (first.ready) return new PeerProcess(peer, first.ready, child, answers);
    child.stdin.abort().catch(() => {});
    await child.status;
    return { title, install, reason: first.missing ?? reasonIn(await errors) };
  }

  /**
   * Lets the peer do a work.
   *
   * @param work Name of the work.
   * @param args Arguments of the work.
   * @returns The measurement.
   * @throws {PeerError} If the peer fails or dies.
   */
  async call(work: string, args: WorkArguments): Promise<Measurement> {
    const request = new TextEncoder().encode(JSON.stringify({ work, args }) + "\n");
    // A process that died is told by its answers, which end.
    await this.#input.write(request).catch(() => {});
    const { value, done } = await this.#answers.next();
    if (done) throw new PeerError(`${this.peer.title} died during ${work}`);
    const { result, error }: PeerLine = JSON.parse(value);
    if (!result) throw new PeerError(`${this.peer.title} failed during ${work}: ${error}`);
    return result;
  }

  /** Ends the process by closing its input. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#child.status;
    await this.#answers.return(undefined);
  }
}

function spawn({ command: [program, ...args], environment }: Peer, signal?: AbortSignal) {
  try {
    return new Deno.Command(program, {
      args,
      signal,
      env: { ...peerEnvironment(Deno.env.toObject()), NO_COLOR: "1", ...environment },
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return error;
    throw error;
  }
}

/** Returns the end of the output of a process; reads all of it, so that the process does not block. */
async function tail(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let kept = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    kept = (kept + text).slice(-keptErrors);
  }
  return kept;
}

/** Picks the most telling line of an error output: the last that Deno or Python mark as an error, else the last. */
function reasonIn(text: string): string {
  const printed = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const error = printed.findLast((line) => /^(error|\w*Error)\b/.test(line));
  return error ?? printed.at(-1) ?? "it exited without a message";
}
