/** Runs the programs that pages show, as a reader would, on the data of the repository. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { experiments } from "./index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Parts of what each program prints, by its file: what would change if the algorithm did something else. */
const outputs: Readonly<Record<string, readonly RegExp[]>> = {
  "audit": [/^labels that look wrong: \d$/m, /^pairs .*: \d+$/m, /^p-value .*: 0\.001$/m],
  "classes": [/^right: 17[0-8] of 178, 95% interval 0\.9\d\d to 0\.99\d$/m],
  "classifier": [/^right: 5[5-9]\d of 596, 95% interval 0\.9\d\d to 0\.9\d\d$/m],
  "data": [/rows: 1201, tests: 596/, /name: "8", images: 116, mean: "5\.15"/],
  "derivations/missing": [/^missing cells: 219$/m, /^the cost never rises: true /m],
  "derivations/mixture": [
    /^EM never lowers the likelihood: true$/m,
    /derivative: \d\.\de-(9|1\d)$/m,
  ],
  "gmm_notebook": [/^as in the notebook: 0\.[0-4]\d+\nthe right way round: 0\.[5-9]\d+$/m],
  "gmm_ood": [/components: 1,[^}]*auroc: 0\.[6-9]/, /components: 10,[^}]*auroc: 0\.[6-9]/],
  "groups": [/clusters: 3, silhouette: "0\.28\d"/, /^tried: 10, components by BIC: [2-4]$/m],
  "kmeans_clusters": [/clusters: 10, inertia: \d{6}, silhouette: "0\.1[6-9]\d", ami: "0\.7\d\d"/],
  "kmeans_init": [/class-means \{[^}]*purity: "0\.8\d\d"/, /random \{[^}]*seed: 2,/],
  "kmeans_missing": [
    /rate: 0, method: "k-pod", nmi: "0\.7/,
    /rate: 0\.9, method: "k-pod", nmi: "0\.[01]/,
  ],
  "missing": [/"mean", error: "1\.0\d\d"/, /"k-pod", error: "0\.[78]\d\d"/],
  "ood_calibration": [
    /fresh digits: 0\.9\d\d$/m,
    /0\.05 of digits: 0\.0\d\d\n.*clothes: 0\.[1-9]\d\d$/m,
  ],
  "ood_collapse": [/weightDecay: 0, rank: "\d\.\d"/, /weightDecay: 0\.01, .*auroc: "0\.[6-9]\d\d"/],
  "ood_detectors": [/name: "msp", auroc: "0\.[6-9]/, /name: "vim", auroc: "0\.[5-9]/],
  "outliers": [/^\{ row: 121, nats: "-36\.\d" \}$/m, /^\{ p: 0\.00\d+ \}$/m],
  "table": [
    /rows: 178, columns: 13/,
    /name: "proline", missing: 0, low: 278, median: 67\d, high: 1680/,
  ],
  "try_it": [
    /^UCI digits, 8×8 \{ digit: 0, p: 0\.[1-9]/m,
    /^Fashion-MNIST, 8×8 \{ digit: \d, p: 0\.00/m,
  ],
};

const programs = experiments.flatMap(({ pages }) => pages.flatMap(({ code }) => code ?? []));

/** Runs a program with the permission that pages name, and without the types, which deno check looks at. */
async function outputOf(file: string): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-prompt", "--allow-read", file],
    cwd: root,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(120_000),
  }).output();
  const [out, complaint] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(code, 0, `${file}: ${complaint}`);
  // Deno breaks the lines of long objects.
  return out.replace(/(?<=[{,])\n\s+|\n(?=\})/g, " ");
}

Deno.test("every page of an experiment has a program of 10 to 30 lines, on packages only", () => {
  for (const { id, pages } of experiments) {
    for (const { path, code } of pages) {
      assert(code, `${id}: ${path} has no program`);
      const lines = code.source.split("\n").length;
      assert(lines >= 10 && lines <= 30, `${code.file} has ${lines} lines`);
      const targets = [...code.source.matchAll(/from "([^"]+)"/g)].map(([, target]) => target);
      for (const target of targets) {
        assert.match(target, /^@mixtape\/[a-z-]+(\/[a-z]+)?$/, code.file);
      }
    }
  }
});

Deno.test("every program that a page shows runs as it stands, and prints what its algorithm finds", async () => {
  const names = programs.map(({ file }) =>
    file.replace("experiments/", "").replace(/[_/]code\.ts$/, "")
  );
  assert.deepEqual(names.toSorted(), Object.keys(outputs).sort());
  const queue = programs.map(({ file }, at) => ({ file, name: names[at] }));
  const wrong: string[] = [];
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const printed = await outputOf(next.file);
      const missing = outputs[next.name].filter((part) => !part.test(printed));
      if (missing.length > 0) wrong.push(`${next.file} lacks ${missing.join(", ")}: ${printed}`);
    }
  };
  await Promise.all([work(), work()]);
  assert.deepEqual(wrong, []);
});
