/** Texts of the page on runs. */
export const runs = {
  title: "Runs",
  description: "Every run that was stored, and what changed from one to the next.",
  heading: "What changed from run to run?",
  question:
    "Every run is kept. A number has moved if the value of each run lies outside the 95% interval of the other.",
  none: "No run has been stored yet. To run every experiment:",
  storedTitle: "Every stored run",
  storedColumns: {
    experiment: "Experiment",
    started: "Started, UTC",
    profile: "Profile",
    seed: "Seed",
    data: "Data",
    backend: "Backend",
    commit: "Commit",
    elapsed: "Seconds",
  },
  timesTitle: "How long it took, and where",
  times: (experiments: string, total: string): string =>
    `${experiments} ${experiments === "1" ? "experiment" : "experiments"} took ${total} in all.`,
  where: (machine: string, os: string, backend: string, deno: string): string =>
    `Run on ${machine}, ${os}, ${backend}, Deno ${deno}.`,
  once: "No experiment was run more than once, so there is nothing to compare yet.",
  compareTitle: "Two runs compared",
  compareIntro:
    "The last two runs of each experiment that was run more than once, or any two where a choice is offered. What moved comes first.",
  changed: (experiment: string, before: string, moved: string, all: string): string =>
    `${experiment}, since the run of ${before}: numbers that moved beyond their intervals, ${moved} of ${all}.`,
  compared: (
    experiment: string,
    before: string,
    after: string,
    moved: string,
    all: string,
  ): string =>
    `${experiment}, ${before} → ${after}: numbers that moved beyond their intervals, ${moved} of ${all}.`,
  noNumbers: "No number that both runs have carries an interval.",
  askedTheSame: "Both had the same options and the same commit.",
  askedDifferently: (options: string): string => `What differs: ${options}.`,
  optionChange: (name: string, before: string, after: string): string =>
    `${name} ${before} → ${after}`,
  shortened: (shown: string, all: string): string =>
    `Numbers listed: ${shown} of ${all}; results/runs holds all.`,
  failed: "The numbers of a run could not be loaded.",
  runName: (moment: string, profile: string, seed: string): string =>
    `${moment}, ${profile}, seed ${seed}`,
  pairColumns: {
    number: "Number",
    before: "Before",
    beforeInterval: "Before, interval",
    after: "After",
    afterInterval: "After, interval",
    moved: "Moved",
  },
  movedUp: "up",
  movedDown: "down",
};
