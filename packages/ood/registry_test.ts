import assert from "node:assert/strict";
import { detectors } from "./registry.ts";

/** Name, title, publication, address and the parts of the evidence that are needed, by ascending name. */
const described = [
  [
    "ash-s",
    "Shaped activations (ASH-S)",
    "Djurisic et al. 2023, Extremely Simple Activation Shaping for Out-of-Distribution Detection",
    "https://arxiv.org/abs/2209.09858",
    "logits penultimate head",
  ],
  [
    "constant",
    "Constant score",
    "Hendrycks & Gimpel 2017, A Baseline for Detecting Misclassified and Out-of-Distribution Examples",
    "https://arxiv.org/abs/1610.02136",
    "",
  ],
  [
    "ddu",
    "Class-conditional Gaussians (DDU)",
    "Mukhoti et al. 2023, Deep Deterministic Uncertainty: A New Simple Baseline",
    "https://arxiv.org/abs/2102.11582",
    "penultimate labels",
  ],
  [
    "energy",
    "Energy",
    "Liu et al. 2020, Energy-based Out-of-distribution Detection",
    "https://arxiv.org/abs/2010.03759",
    "logits",
  ],
  [
    "fdbd",
    "Decision boundary distance (fDBD)",
    "Liu & Qin 2024, Fast Decision Boundary based Out-of-Distribution Detector",
    "https://arxiv.org/abs/2312.11536",
    "logits penultimate head",
  ],
  [
    "gen",
    "Generalised entropy (GEN)",
    "Liu et al. 2023, GEN: Pushing the Limits of Softmax-Based Out-of-Distribution Detection",
    "https://openaccess.thecvf.com/content/CVPR2023/html/Liu_GEN_Pushing_the_Limits_of_Softmax-Based_Out-of-Distribution_Detection_CVPR_2023_paper.html",
    "logits",
  ],
  [
    "gmm",
    "Gaussian mixture",
    "Zisselman & Tamar 2020, Deep Residual Flow for Out of Distribution Detection",
    "https://arxiv.org/abs/2001.05419",
    "penultimate",
  ],
  [
    "gmm++",
    "Gaussian mixture of normalised activations",
    "Müller & Hein 2025, Mahalanobis++: Improving OOD Detection via Feature Normalization",
    "https://arxiv.org/abs/2505.18032",
    "penultimate",
  ],
  [
    "knn",
    "k-th nearest neighbour",
    "Sun et al. 2022, Out-of-Distribution Detection with Deep Nearest Neighbors",
    "https://arxiv.org/abs/2204.06507",
    "penultimate",
  ],
  [
    "layers-mahalanobis++",
    "Mahalanobis distance of normalised activations, all hidden layers",
    "Müller & Hein 2025, Mahalanobis++: Improving OOD Detection via Feature Normalization",
    "https://arxiv.org/abs/2505.18032",
    "layers labels",
  ],
  [
    "mahalanobis",
    "Mahalanobis distance",
    "Lee et al. 2018, A Simple Unified Framework for Detecting Out-of-Distribution Samples and Adversarial Attacks",
    "https://arxiv.org/abs/1807.03888",
    "penultimate labels",
  ],
  [
    "mahalanobis++",
    "Mahalanobis distance of normalised activations",
    "Müller & Hein 2025, Mahalanobis++: Improving OOD Detection via Feature Normalization",
    "https://arxiv.org/abs/2505.18032",
    "penultimate labels",
  ],
  [
    "max-logit",
    "Maximum logit",
    "Hendrycks et al. 2022, Scaling Out-of-Distribution Detection for Real-World Settings",
    "https://arxiv.org/abs/1911.11132",
    "logits",
  ],
  [
    "msp",
    "Maximum softmax probability",
    "Hendrycks & Gimpel 2017, A Baseline for Detecting Misclassified and Out-of-Distribution Examples",
    "https://arxiv.org/abs/1610.02136",
    "logits",
  ],
  [
    "nci",
    "Neural-collapse-inspired proximity (NCI)",
    "Liu & Qin 2025, Detecting Out-of-Distribution Through the Lens of Neural Collapse",
    "https://arxiv.org/abs/2311.01479",
    "logits penultimate head",
  ],
  [
    "neco",
    "Neural collapse subspace (NECO)",
    "Ammar et al. 2024, NECO: NEural Collapse Based Out-of-distribution detection",
    "https://arxiv.org/abs/2310.06823",
    "logits penultimate",
  ],
  [
    "ppca",
    "Probabilistic PCA of the raw inputs",
    "Tipping & Bishop 1999, Probabilistic Principal Component Analysis",
    "https://doi.org/10.1111/1467-9868.00196",
    "inputs",
  ],
  [
    "react",
    "Rectified activations (ReAct)",
    "Sun et al. 2021, ReAct: Out-of-distribution Detection With Rectified Activations",
    "https://arxiv.org/abs/2111.12797",
    "logits penultimate head",
  ],
  [
    "relative-mahalanobis",
    "Relative Mahalanobis distance",
    "Ren et al. 2021, A Simple Fix to Mahalanobis Distance for Improving Near-OOD Detection",
    "https://arxiv.org/abs/2106.09022",
    "penultimate labels",
  ],
  [
    "scale",
    "Scaled activations (SCALE)",
    "Xu et al. 2024, Scaling for Training Time and Post-hoc Out-of-distribution Detection Enhancement",
    "https://arxiv.org/abs/2310.00227",
    "logits penultimate head",
  ],
  [
    "she",
    "Simplified Hopfield energy (SHE)",
    "Zhang et al. 2023, Out-of-Distribution Detection based on In-Distribution Data Patterns Memorization with Modern Hopfield Energy",
    "https://openreview.net/forum?id=KkazG4lgKL",
    "logits penultimate labels",
  ],
  [
    "vim",
    "Virtual-logit matching (ViM)",
    "Wang et al. 2022, ViM: Out-Of-Distribution with Virtual-logit Matching",
    "https://arxiv.org/abs/2203.10807",
    "logits penultimate head",
  ],
  [
    "weakest-level",
    "Weakest of all levels: inputs, hidden layers, logits",
    "Roy 1953, On a Heuristic Method of Test Construction and its use in Multivariate Analysis",
    "https://doi.org/10.1214/aoms/1177729029",
    "logits layers inputs labels",
  ],
];

Deno.test("detectors are described by their names, titles, publications and needs", () => {
  const found = detectors.map(({ name, title, cite, needs }) => [
    name,
    title,
    `${cite.authors} ${cite.year}, ${cite.title}`,
    cite.url,
    needs.join(" "),
  ]);
  assert.deepEqual(found, described);
});

Deno.test("README lists every detector with the parts that it needs", async () => {
  const readme = await Deno.readTextFile(new URL("README.md", import.meta.url));
  const rows = [...readme.matchAll(/^\| (`.*`) +\|.*\| ([^|]*?) +\|$/gm)];
  const needs = new Map(
    rows.flatMap(([, names, parts]) =>
      names.split(", ").map((name) => [name.replaceAll("`", ""), parts.split(", ").sort()] as const)
    ),
  );
  for (const kind of detectors) {
    const words = kind.needs.map((part) => part === "layers" ? "all hidden layers" : part);
    assert.deepEqual(needs.get(kind.name), words.length === 0 ? ["–"] : words.sort(), kind.name);
  }
});
