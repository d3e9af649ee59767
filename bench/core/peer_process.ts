import { lines } from "./lines.ts";
import type { Measurement, WorkArguments } from "./measurement.ts";
import type { MissingPeer, Peer, PeerVersions } from "./peer.ts";
import { peerEnvironment } from "./peer_environment.ts";
import { PeerError } from "./peer_error.ts";

/** The first line of a peer, and its answers after that. */
interface PeerLine {
  readonly ready?: PeerVersions;
  readonly missing?: string;
  readonly result?: Measurement;
  readonly error?: string;
}

const keptErrors = 4000;

/**
 * A peer at work: a process that lives as long as the benchmark, so that nobody's start-up is measured. One
 * line of JSON asks for a work, one line answers.
 */
export class PeerProcess implements AsyncDisposable {
  /** Who it is. */
  readonly peer: Peer;
  /** What it says of itself. */
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
   * @param peer Whom.
   * @param signal Ends the process.
   * @returns The peer, or what to do to have it.
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
   * Has a work done.
   *
   * @param work Its name.
   * @param args What it needs.
   * @returns What it came to.
   * @throws {PeerError} If the peer could not do it.
   */
  async call(work: string, args: WorkArguments): Promise<Measurement> {
    const request = new TextEncoder().encode(JSON.stringify({ work, args }) + "\n");
    // A process that died is told by its answers, which end.
    await this.#input.write(request).catch(() => {});
    const { value, done } = await this.#answers.next();
    if (done) throw new PeerError(`${this.peer.title} died at ${work}`);
    const { result, error }: PeerLine = JSON.parse(value);
    if (!result) throw new PeerError(`${this.peer.title} failed at ${work}: ${error}`);
    return result;
  }

  /** Lets the process end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#child.status;
    await this.#answers.return(undefined);
  }
}

function spawn({ command: [program, ...args] }: Peer, signal?: AbortSignal) {
  try {
    return new Deno.Command(program, {
      args,
      signal,
      env: { ...peerEnvironment(Deno.env.toObject()), NO_COLOR: "1" },
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

/** The end of what a process prints; reading on keeps it from waiting for a reader. */
async function tail(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let kept = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    kept = (kept + text).slice(-keptErrors);
  }
  return kept;
}

/** The line of an error message that says most: what Deno or Python call an error, else the last one. */
function reasonIn(text: string): string {
  const printed = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const error = printed.findLast((line) => /^(error|\w*Error)\b/.test(line));
  return error ?? printed.at(-1) ?? "it ended without a word";
}
