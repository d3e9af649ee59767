/** Texts of the page on benchmarks. */
export const benchmarks = {
  title: "Benchmarks",
  description: "Mixtape beside scikit-learn, faiss, PyTorch and npm: the same work, side by side.",
  heading: "How fast is it, compared with others?",
  question:
    "The same work on the same data from the same start, each in a process of its own, by turns on one machine. Times are medians; a ratio above 1 says that Mixtape is faster.",
  notRun: "not measured yet",
  notRunBody: "There are no benchmarks beside these results yet. To measure them:",
  ofRepository:
    "This report has no measurements of its own: these are the ones that its repository keeps. To measure on this machine:",
  findingBars: (reached: string, all: string): string =>
    `${reached} of ${all} targets that Mixtape set itself are reached.`,
  findingFaster: (faster: string, all: string): string =>
    `Mixtape is faster in ${faster} of ${all} comparisons of time.`,
  machine: (
    processors: string,
    model: string,
    memory: string,
    os: string,
    runtime: string,
  ): string => `Measured on ${processors} × ${model}, ${memory} GiB of memory, ${os}, ${runtime}.`,
  quick: "Small problems, to see that it works: no target applies.",
  workCaption: (size: string, moment: string, commit: string): string =>
    `${size}. Measured ${moment}${commit === "" ? "" : `, commit ${commit}`}.`,
  secondsAxis: "seconds, median",
  columns: {
    who: "Who",
    threads: "Threads",
    median: "Median, s",
    min: "Shortest, s",
    max: "Longest, s",
    runs: "Runs",
    ratio: "Theirs ÷ ours",
    bar: "Target",
    reached: "Reached",
    remark: "Remark",
  },
  memoryRatio: (ratio: string): string => `memory ${ratio}`,
  limit: "limit on our time",
  qualityTitle: "Is the work as good?",
  qualityColumns: {
    work: "Work",
    what: "What",
    against: "Against",
    ours: "Ours",
    theirs: "Theirs",
    equal: "Equal",
  },
  scalingTitle: (axis: string): string => `How time grows with ${axis}`,
  scalingCaption: "Median seconds of the same work, with one size varied.",
  versionsTitle: "What was measured",
  versionsColumns: { who: "Who", versions: "Versions" },
  json: "The benchmarks as JSON",
};
