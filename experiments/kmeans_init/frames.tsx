import { Figure, Stepped, TileRow, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { greyLevels, startColours } from "./findings.ts";
import type { KMeansInitResult, KMeansRepresentative } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The centroids and the inertia of the best run from each start, side by side, iteration by iteration. */
export function Frames({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { representatives } = result.payload;
  const steps = [...new Set(representatives.flatMap((one) => one.frames.iterations))]
    .sort((a, b) => a - b);
  const exactly = (one: KMeansRepresentative, iteration: number) =>
    one.frames.inertia[one.frames.iterations.indexOf(iteration)] ?? null;
  return (
    <Figure
      id="frames"
      title={t.framesTitle}
      caption={t.framesCaption}
      images={representatives.map((one) => one.frames.centroids)}
      table={{
        columns: [
          { label: t.runColumns.iteration, format: format.count },
          ...representatives.map((one) => ({
            label: t.starts[one.start],
            format: (value: number) => format.significant(value, 7),
          })),
        ],
        rows: steps.map((iteration) => [
          iteration,
          ...representatives.map((one) => exactly(one, iteration)),
        ]),
      }}
    >
      <Stepped
        group="frames"
        label={t.runColumns.iteration}
        steps={steps.map((iteration) => ({
          name: format.count(iteration),
          content: (
            <ul class="frames">
              {representatives.map((one) => (
                <Frame key={one.start} result={result} one={one} iteration={iteration} />
              ))}
            </ul>
          ),
        }))}
      />
    </Figure>
  );
}

interface FrameProps extends ContentProps<KMeansInitResult> {
  readonly one: KMeansRepresentative;
  readonly iteration: number;
}

/** The centroids of a run at an iteration. */
function Frame({ result, one, iteration }: FrameProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { iterations, inertia, centroids } = one.frames;
  const at = iterations.findLastIndex((each) => each <= iteration);
  const reached = format.count(iterations[at]);
  const largest = Math.max(
    ...result.payload.representatives.flatMap(({ frames }) => frames.inertia),
  );
  const levels = greyLevels(result, inertia[at]);
  return (
    <li>
      <h4>{t.starts[one.start]}</h4>
      <TileRow
        sprite={centroids}
        from={at * centroids.columns}
        tiles={centroids.columns}
        lines={2}
        alt={t.frameAlt(t.startsInProse[one.start], reached)}
      />
      <svg class="inertia" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect
          class={`series-${startColours[one.start]}`}
          width={(100 * levels / greyLevels(result, largest)).toFixed(2)}
          height={4}
        />
      </svg>
      <p>
        {t.frameInertia(format.significant(levels, 4))}
        <br />
        {at === iterations.length - 1 ? t.frameLast(reached) : t.frame(reached)}
      </p>
    </li>
  );
}
