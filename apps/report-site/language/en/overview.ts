/** Texts of the overview. */
export const overview = {
  title: "Overview",
  description: "What Mixtape's experiments found, on one page.",
  heading: "Which images belong together, and which do not belong at all?",
  standfirst:
    "k-means, Gaussian mixtures, a small neural network and out-of-distribution detection, run for real, with every number traceable to the run that made it.",
  ownHeading: "What groups are there, where do the data live, and which rows do not belong?",
  ownStandfirst:
    "The data that were given to this run, looked at from several sides, with every number traceable to the run that made it.",
  headlines: "What was asked, and the answers",
  interval: (range: string): string => `95% interval ${range}`,
  more: (title: string): string => `More: ${title}`,
  notRun: "Not run yet",
  notRunBody: "These experiments have no result yet. Each line is the command that makes one.",
  leftOut: "Left out of this run",
  leftOutBody: "These experiments do not fit the data of this report.",
  changes: "What changed since the previous run",
  runs: "How long it took, and where",
  runsBody: (experiments: string, total: string): string =>
    `${experiments} ${experiments === "1" ? "experiment" : "experiments"} took ${total} in all.`,
  where: (machine: string, os: string, backend: string, deno: string): string =>
    `Run on ${machine}, ${os}, ${backend}, Deno ${deno}.`,
  runsColumns: {
    experiment: "Experiment",
    elapsed: "Seconds",
    profile: "Profile",
    seed: "Seed",
    backend: "Backend",
    commit: "Commit",
  },
};
