/** Texts of the page on workers. */
export const workers = {
  title: "Workers",
  description: "Which job of the experiments ran on which worker, and for how long.",
  heading: "Who did the work?",
  question:
    "Workers can do experiments, or their parts, as jobs, with the same results as one process.",
  none: "No worker did anything for these results.",
  did: (jobs: string, ofOne: boolean, workers: string, byOne: boolean, busy: string): string =>
    `${jobs} ${ofOne ? "job was" : "jobs were"} done by ${workers} ${
      byOne ? "worker" : "workers"
    } in ${busy} of work.`,
  again: (jobs: string, ofOne: boolean): string =>
    `${jobs} ${ofOne ? "job was" : "jobs were"} begun more than once.`,
  smooth: "Every job was done at its first try.",
  workersTitle: "The workers",
  workersColumns: {
    worker: "Worker",
    jobs: "Jobs",
    seconds: "Seconds of work",
    again: "Jobs begun again",
  },
  jobsTitle: "The jobs",
  jobsColumns: {
    experiment: "Experiment",
    part: "Part",
    worker: "Worker",
    started: "Begun, UTC",
    seconds: "Seconds",
    tries: "Tries",
  },
  whole: "all of it",
};
