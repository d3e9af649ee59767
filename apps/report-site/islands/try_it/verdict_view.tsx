import type { JSX } from "preact";
import { HistogramChart } from "../../components/charts/histogram_chart.tsx";
import type { Judge, Verdict } from "./judge.ts";
import { pValueText } from "./p_value.ts";
import { Pixels } from "./pixels.tsx";
import type { TryItData } from "./try_it_data.ts";
import type { Language } from "./words.ts";

/** Properties of {@link VerdictView}. */
export interface VerdictViewProps {
  /** Output of the models. */
  readonly verdict: Verdict;
  /** Pixels of the image. */
  readonly pixels: Uint8Array;
  /** The models. */
  readonly judge: Judge;
  /** The data of the island. */
  readonly data: TryItData;
  /** Texts and formats in the language of the page. */
  readonly language: Language;
}

/** The output of the models for an image. */
export function VerdictView(props: VerdictViewProps): JSX.Element {
  const { verdict, pixels, data, language: { words, format } } = props;
  const { inside, payload } = data;
  return (
    <div class="verdict">
      <div class="verdict-head">
        <Pixels values={pixels} maxValue={payload.frame.maxValue} label={words.seen} />
        <div>
          <p class={`verdict-words ${verdict.belongs ? "holds" : "fails"}`} role="status">
            <strong>
              {words.verdict(
                inside.classNames[verdict.predictedClass],
                verdict.belongs ? words.inside : words.outside,
              )}
            </strong>
          </p>
          <p>{pValueSentence(props)}</p>
          <p>{falseAlarms(props)}</p>
          <p class="took">{words.took(format.decimal(verdict.elapsedMs, 1))}</p>
        </div>
      </div>
      <Probabilities {...props} />
      <Alike {...props} />
      <Score {...props} />
    </div>
  );
}

function pValueSentence({ verdict, data, language: { words, format } }: VerdictViewProps): string {
  const heldOut = data.payload.detector.heldOutScores.length;
  const lower = Math.round(verdict.pValue * (heldOut + 1)) - 1;
  const p = pValueText(verdict.pValue, format);
  return lower === 0
    ? words.leastPValue(p, format.count(heldOut))
    : words.pValue(p, format.count(lower), format.count(heldOut));
}

function falseAlarms({ data, language: { words, format } }: VerdictViewProps): string {
  const { falseAlarms: { value, interval, trials }, alpha } = data.payload.detector;
  return words.falseAlarms(
    format.decimal(alpha),
    format.percent(value),
    format.percentInterval(interval),
    format.count(trials),
  );
}

function Probabilities({ verdict, data, language }: VerdictViewProps): JSX.Element {
  const { words, format } = language;
  return (
    <table class="probabilities">
      <caption>{words.probabilities}</caption>
      <thead>
        <tr>
          <th scope="col">{words.classColumn}</th>
          <th scope="col" colSpan={2}>{words.probabilityColumn}</th>
        </tr>
      </thead>
      <tbody>
        {data.inside.classNames.map((name, at) => (
          <tr key={name} class={at === verdict.predictedClass ? "likeliest" : undefined}>
            <th scope="row">{name}</th>
            <td>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width={100 * verdict.probabilities[at]} height={10} />
              </svg>
            </td>
            <td class="number">{format.percent(verdict.probabilities[at], 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Alike({ verdict, judge, data, language: { words } }: VerdictViewProps): JSX.Element {
  const { payload: { frame, clusters, neighbors }, inside: { classNames } } = data;
  const majority = classNames[clusters.majorityClasses[verdict.cluster]];
  return (
    <div class="alike">
      <div>
        <h3>{words.cluster}</h3>
        <div class="alike-images">
          <Pixels
            values={rowOf(judge.centroids.values, verdict.cluster, frame.side)}
            maxValue={frame.maxValue}
          />
        </div>
        <p>{words.clusterNote(String(verdict.cluster), majority)}</p>
      </div>
      <div>
        <h3>{words.neighbors}</h3>
        <ul class="alike-images">
          {verdict.neighbors.map((row) => (
            <li key={row}>
              <Pixels
                values={rowOf(judge.neighbors.values, row, frame.side)}
                maxValue={frame.maxValue}
              />
              {classNames[neighbors.labels[row]]}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Score({ verdict, data, language: { words, format } }: VerdictViewProps): JSX.Element {
  const { inside, outside, payload: { detector: { histogram } } } = data;
  return (
    <div class="picture">
      <h3>{words.scoreTitle}</h3>
      <HistogramChart
        title={words.scoreTitle}
        description={words.scoreDescription(inside.title, outside.title)}
        histogram={histogram}
        names={{ inDistribution: inside.title, outOfDistribution: outside.title }}
        x={{ label: words.scoreAxis, format: format.decimal }}
        y={{ label: words.shareAxis, format: format.percentTick }}
        marker={{ value: verdict.score, label: words.thisImage }}
        height={260}
        narrowHeight={240}
      />
    </div>
  );
}

/** One image of many. */
export function rowOf<Values extends { subarray(from: number, to: number): Values }>(
  values: Values,
  row: number,
  side: number,
): Values {
  return values.subarray(row * side * side, (row + 1) * side * side);
}
