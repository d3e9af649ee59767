import type { Row } from "../core/row.ts";
import type { ImageFiles, Inputs } from "../inputs.ts";
import { fileURLToPath } from "node:url";
import workspace from "../../deno.json" with { type: "json" };

/** The experiments that `pipeline.py` does too. */
const ids = [
  "data",
  "kmeans-init",
  "kmeans-missing",
  "classifier",
  "gmm-notebook",
  "gmm-ood",
  "derivations",
];

/** The experiments, beside the same computations as one would write them in a notebook. */
export const pipelineRow: Row = {
  id: "pipeline",
  title: "Experiments",
  bound:
    "Where pixels are standardized, 188 MB of float32 are held three times: as given, in the memory of kernels, " +
    "which never shrinks, and as lists of what is not 0.",
  plan: async (inputs) => {
    const profile = inputs.size("full", "quick");
    const sets = ["mnist", "fashion-mnist"] as const;
    const files = await Promise.all(sets.map((set) => inputs.images(set, Infinity)));
    return {
      size: `${ids.length} on MNIST and Fashion-MNIST, profile ${profile}`,
      entries: [
        {
          id: "ours",
          peer: "process",
          work: "run",
          title: "deno task experiments",
          variants: [{ label: "", args: { command: experiments(inputs, profile) } }],
          warmUp: false,
          remark: "with images and pages",
        },
        {
          id: "python",
          title: "pipeline.py",
          peer: "process",
          work: "run",
          variants: [{
            label: "",
            args: {
              command: [
                "/usr/bin/python3",
                "-B",
                script(),
                profile,
                ids.join(","),
                ...files.flatMap(pathsOf),
              ],
            },
          }],
          warmUp: false,
          needs: ["scikit-learn", "pytorch"],
          remark: "scikit-learn and PyTorch, without drawing anything",
        },
      ],
      bars: [
        { against: ["python"], atLeast: 2 },
        { against: ["python"], atLeast: 1, measure: "peakBytes" },
      ],
    };
  },
};

/** Returns the command line of the task, as in deno.json. */
function experiments(inputs: Inputs, profile: string): string[] {
  const { dataDir, dir } = inputs.options;
  const words = workspace.tasks.experiments.command.split(/\s+/)
    .map((word) => word === "tasks/experiments.ts" ? fileURLToPath(task) : word);
  const data = dataDir === undefined ? [] : ["--data-dir", dataDir];
  return [...words, ...ids, "--profile", profile, "--out", `${dir}/report`, "--force", ...data];
}

const task = new URL("../../tasks/experiments.ts", import.meta.url);

function script(): string {
  return fileURLToPath(new URL("../pipeline.py", import.meta.url));
}

function pathsOf({ x, labels, test, testLabels }: ImageFiles): string[] {
  return [x, labels, test, testLabels];
}
