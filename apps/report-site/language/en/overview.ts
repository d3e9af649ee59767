/** Texts of the overview. */
export const overview = {
  title: "Overview",
  description: "What Mixtape's experiments found, on one page.",
  heading: "Which images belong together, and which do not belong at all?",
  standfirst:
    "Mixtape is a set of TypeScript packages that find groups in data, model its density and tell what does not belong. This report says what its experiments found, each number traceable to the run that made it.",
  ownHeading: "What groups are there, and which rows do not belong?",
  ownStandfirst:
    "Mixtape is a set of TypeScript packages that find groups in data, model its density and tell what does not belong. This report says what they found in the data they were given, each number traceable to the run that made it.",
  runIt: "Run it",
  useIt: "Use it",
  source: "Source code",
  docs: "Documentation of the packages",
  headlines: "What was asked, and the answers",
  interval: (range: string): string => `95% interval ${range}`,
  more: (title: string): string => `More: ${title}`,
  notRun: "Not run yet",
  notRunBody: "These experiments have no result yet. Each line is the command that makes one.",
  leftOut: "Left out of this run",
  leftOutBody: "These experiments do not apply to the data of this report.",
  changes: "What changed since the previous run",
};
