import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { PageProvider, usePage } from "../../components/page_context.ts";
import { compareRuns, type RunChange, type RunSummary } from "../../conclusions/runs.ts";
import type { Catalogue } from "../../language/catalogue.ts";
import { choiceInAddress, keepInAddress } from "../address.ts";
import { browserPage } from "../browser_page.ts";
import { islandData, islandWords, readPart } from "../start_island.ts";
import { Comparison } from "./comparison.tsx";
import { lastTwo, namedTwo, nameOfRun, type Two, withAfter } from "./run_pairs.ts";
import type { RunsData, StoredRun } from "./runs_data.ts";

/** Properties of {@link RunChoice}. */
export interface RunChoiceProps {
  /** The run to compare with the one before it, by its place. */
  readonly start: number;
  /** The names of the experiments, in the language of the page. */
  readonly names: Readonly<Record<string, string>>;
}

/** Choices of any two runs of an experiment, and their comparison. */
export function RunChoice({ start, names }: RunChoiceProps): JSX.Element | null {
  const stored = islandData<RunsData>("runs");
  const text = islandWords<Pick<Catalogue, "site" | "runs">>("runs");
  const page = useMemo(() => browserPage("runs", text, [], names), [names]);
  return stored === undefined ? null : (
    <PageProvider value={page}>
      <Choice stored={stored} start={start} />
    </PageProvider>
  );
}

interface ChoiceProps {
  readonly stored: RunsData;
  readonly start: number;
}

function Choice({ stored, start }: ChoiceProps): JSX.Element {
  const { text, link } = usePage();
  const t = text.runs;
  const [[before, after], setChosen] = useState(() =>
    namedTwo(stored, choiceInAddress) ?? lastTwo(stored, start)
  );
  const [change, setChange] = useState<RunChange | "failed">();
  useEffect(() => {
    let current = true;
    Promise.all(
      [before, after].map((at) => readPart<RunSummary>("runs", String(at), link(stored[at].file))),
    ).then(
      ([one, other]) => current && setChange(compareRuns(one, other)),
      () => current && setChange("failed"),
    );
    return () => {
      current = false;
    };
  }, [before, after]);
  const { experiment } = stored[after];
  return (
    <>
      <p class="table-tools run-choice">
        <Picker
          label={t.pairColumns.before}
          runs={stored}
          among={(run) => run.experiment === experiment}
          chosen={before}
          onChoose={(at) => choose([at, after])}
        />
        <Picker
          label={t.pairColumns.after}
          runs={stored}
          among={() => true}
          chosen={after}
          onChoose={(at) => choose(withAfter(stored, before, at))}
        />
      </p>
      {change === "failed" && <p role="alert">{t.failed}</p>}
      {typeof change === "object" && <Comparison change={change} name="runs-compared" />}
    </>
  );

  function choose(two: Two): void {
    setChosen(two);
    keepInAddress("before", nameOfRun(stored[two[0]]));
    keepInAddress("after", nameOfRun(stored[two[1]]));
  }
}

interface PickerProps {
  readonly label: string;
  readonly runs: RunsData;
  readonly among: (run: StoredRun) => boolean;
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}

/** A choice of one run, by experiment. */
function Picker({ label, runs, among, chosen, onChoose }: PickerProps): JSX.Element {
  const { text, format, nameOf } = usePage();
  const listed = runs.map((run, at) => ({ ...run, at })).filter(among);
  const groups = Object.entries(Object.groupBy(listed, (run) => run.experiment));
  return (
    <label>
      {label}{" "}
      <select
        value={chosen}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {groups.map(([experiment, own = []]) => (
          <optgroup
            key={experiment}
            label={nameOf(experiment)}
          >
            {own.map((run) => (
              <option key={run.at} value={run.at}>
                {text.runs.runName(format.stamp(run.startedAt), run.profile, String(run.seed))}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
