import type { Provenance } from "@mixtape/results";
import type { BackendInfo } from "@mixtape/tensor-utils";
import { version_core as tensorFlowVersion } from "@tensorflow/tfjs-core";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import audit from "../packages/audit/deno.json" with { type: "json" };
import classifier from "../packages/classifier/deno.json" with { type: "json" };
import clustering from "../packages/clustering/deno.json" with { type: "json" };
import datasets from "../packages/datasets/deno.json" with { type: "json" };
import mixture from "../packages/mixture/deno.json" with { type: "json" };
import ood from "../packages/ood/deno.json" with { type: "json" };
import results from "../packages/results/deno.json" with { type: "json" };
import simd from "../packages/simd/deno.json" with { type: "json" };
import tensorUtils from "../packages/tensor-utils/deno.json" with { type: "json" };
import { readCommit } from "./commit.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

const packages = [
  tensorUtils,
  simd,
  datasets,
  clustering,
  mixture,
  classifier,
  ood,
  audit,
  results,
];

/**
 * Collects the provenance of results: commit, versions, backend, machine.
 *
 * @param backend The backend that computes.
 * @returns The provenance except the time, which each experiment adds when it starts.
 */
export async function readProvenance(backend: BackendInfo): Promise<Omit<Provenance, "startedAt">> {
  const commit = await readCommit(root);
  const processors = cpus();
  return {
    commit,
    dirty: commit === null ? null : await hasChanges(),
    packageVersions: Object.fromEntries([
      ...packages.map(({ name, version }) => [name, version]),
      ["@tensorflow/tfjs-core", tensorFlowVersion],
    ]),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    backend: backend.name,
    adapter: backend.adapter,
    threads: backend.threads,
    processor: { model: processors[0]?.model.trim() || "unknown", count: processors.length || 1 },
    os: `${Deno.build.os} ${Deno.build.arch}`,
  };
}

/** Returns true if files differ from the commit; null if git is not installed or may not be run. */
async function hasChanges(): Promise<boolean | null> {
  const { state } = await Deno.permissions.query({ name: "run", command: "git" });
  if (state !== "granted") return null;
  try {
    const args = ["status", "--porcelain"];
    const { success, stdout } = await new Deno.Command("git", { args, cwd: root, stderr: "null" })
      .output();
    return success ? stdout.length > 0 : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
