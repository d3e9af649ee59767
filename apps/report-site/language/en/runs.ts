/** Texts of the page on runs. */
export const runs = {
  title: "Runs",
  description: "Every run that was stored, and what changed from one to the next.",
  heading: "What changed from run to run?",
  question:
    "Every run is kept. A number has moved if the value of each run lies outside the 95% interval of the other. Tables list up to 60 numbers, those that moved first; results/runs holds all.",
  none: "No run has been stored yet. To run every experiment:",
  storedTitle: "Every stored run",
  storedColumns: {
    experiment: "Experiment",
    started: "Started",
    profile: "Profile",
    seed: "Seed",
    data: "Data",
    backend: "Backend",
    commit: "Commit",
    elapsed: "Seconds",
  },
  once: "No experiment was run more than once, so there is nothing to compare yet.",
  comparisonTitle: (experiment: string): string => `${experiment}: one run after the other`,
  changed: (experiment: string, before: string, moved: string, all: string): string =>
    `${experiment}, since the run of ${before}: ${moved} of ${all} numbers moved beyond their intervals.`,
  pairColumns: { number: "Number", before: "Before", after: "After", moved: "Moved" },
  pairTitle: (before: string, after: string): string => `${before} → ${after}`,
};
