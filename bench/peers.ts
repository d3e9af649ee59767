import type { Peer } from "./core/peer.ts";
import { fileURLToPath } from "node:url";

/** The interpreter of Python, of Debian, which has the peers. */
export const python = "/usr/bin/python3";

/**
 * Returns the peers that rows can name.
 *
 * @param dir The folder of the inputs, some of which Mixtape writes.
 * @param environment Variables for those in Python.
 * @returns Mixtape with two and with one thread, and its peers.
 */
export function peers(dir: string, environment: Readonly<Record<string, string>> = {}): Peer[] {
  const inPython = (...names: Parameters<typeof pythonPeer>) => ({
    ...pythonPeer(...names),
    environment,
  });
  return [
    mixtape("mixtape", "Mixtape", dir),
    mixtape("mixtape-1", "Mixtape, 1 thread", dir, "1"),
    inPython("scikit-learn", "scikit-learn", "scikit_learn", "python3-sklearn"),
    inPython("faiss", "faiss", "faiss", "python3-faiss"),
    inPython("pytorch", "PyTorch", "pytorch", "python3-torch"),
    npmPeer("tfjs-cpu", "TensorFlow.js cpu", "tensorflow_js.ts", "cpu"),
    npmPeer("tfjs-wasm", "TensorFlow.js wasm", "tensorflow_js.ts", "wasm"),
    npmPeer("ml-kmeans", "ml-kmeans", "ml_kmeans.ts"),
    npmPeer("skmeans", "skmeans", "skmeans.ts"),
    npmPeer("thing-k-means", "@thi.ng/k-means", "thing_k_means.ts"),
    npmPeer("peak", "Processor", "peak.ts"),
    {
      ...inPython("process", "Processes", "process", "python3"),
      threads: [],
    },
  ];
}

/** Returns the path of a script in `peers/`. */
export function peerFile(name: string): string {
  return fileURLToPath(new URL(`peers/${name}`, import.meta.url));
}

function mixtape(id: string, title: string, dir: string, ...threads: string[]): Peer {
  return denoPeer(
    id,
    title,
    ["--allow-env", "--allow-sys", `--allow-write=${dir}`],
    "mixtape.ts",
    ...threads,
  );
}

function npmPeer(id: string, title: string, script: string, ...args: string[]): Peer {
  return denoPeer(id, title, ["--allow-env"], script, ...args);
}

function denoPeer(
  id: string,
  title: string,
  permissions: readonly string[],
  script: string,
  ...args: string[]
): Peer {
  const command = [
    "deno",
    "run",
    "--quiet",
    "--allow-read",
    ...permissions,
    peerFile(script),
    ...args,
  ];
  return { id, title, install: "deno install", command: command as [string], threads: [] };
}

function pythonPeer(id: string, title: string, script: string, debianPackage: string): Peer {
  return {
    id,
    title,
    install: `apt-get install ${debianPackage}`,
    command: [python, "-B", peerFile(`${script}_peer.py`)],
    threads: [1, 2],
  };
}
