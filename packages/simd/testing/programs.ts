import assert from "node:assert/strict";

/** Exit code and output of a program. */
export interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** Headers that isolate a page, so that its memory can be shared. */
export const isolation: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** True if Node is installed to run programs in. */
export const hasNode: boolean = await runs("node");

/** Runs a program to its end. */
export async function run(command: string, args: readonly string[]): Promise<Outcome> {
  const signal = AbortSignal.timeout(120_000);
  const options = { args: [...args], signal };
  const { code, stdout, stderr } = await new Deno.Command(command, options).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/**
 * Runs a program in Node, which prints what goes wrong among what the program prints.
 *
 * @param options `asInput`: as `node --input-type=module`, whose workers are modules as well.
 */
export async function runInNode(
  source: string,
  { args = [], asInput = false }: { args?: readonly string[]; asInput?: boolean } = {},
): Promise<Outcome> {
  const folder = await Deno.makeTempDir();
  try {
    const bundled = `${folder}/program.mjs`;
    await Deno.writeFile(bundled, await bundleOf(source));
    if (!asInput) return await run("node", [bundled, ...args]);
    return await run("node", ["--input-type=module", "--eval", `import "${bundled}"`]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Serves a page that runs a program, on a port of this machine, until disposed of.
 *
 * @param options `inWorker`: the page has a worker run it, and keeps what it posts as `outcome`.
 */
export async function servePage(
  source: string,
  headers: Readonly<Record<string, string>>,
  { inWorker = false }: { inWorker?: boolean } = {},
): Promise<{ url: string } & AsyncDisposable> {
  const program = await bundleOf(source, ["--platform", "browser"]);
  const answer = (request: Request): Response => {
    const isProgram = new URL(request.url).pathname === "/program.js";
    const type = `text/${isProgram ? "javascript" : "html"}; charset=utf-8`;
    return new Response(isProgram ? program : head + (inWorker ? starter : script), {
      headers: { ...headers, "content-type": type },
    });
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const bundles = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** Bundles a program, once. */
function bundleOf(
  source: string,
  options: readonly string[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const key = [...options, source].join(" ");
  const known = bundles.get(key) ?? bundle(source, options);
  bundles.set(key, known);
  return known;
}

async function bundle(
  source: string,
  options: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const signal = AbortSignal.timeout(120_000);
  const args = ["bundle", ...options, source];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, signal })
    .output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return stdout;
}

const head = `<!doctype html><link rel="icon" href="data:,"><title>simd</title>`;

const script = `<script type="module" src="/program.js"></script>`;

const starter = `<script>
const worker = new Worker("/program.js", { type: "module" });
worker.onmessage = ({ data }) => globalThis.outcome = data;
</script>`;

async function runs(command: string): Promise<boolean> {
  try {
    return (await run(command, ["--version"])).code === 0;
  } catch {
    return false;
  }
}
