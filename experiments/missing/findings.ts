import { type Answer, type Format, maximumBy, minimumBy } from "@mixtape/report-site/components";
import { untied } from "../untied.ts";
import type { FillMethod, Grouping, MissingPayload, MissingResult, Ranked } from "./result.ts";
import type { Words } from "./words/en.ts";

/** A method that has a measure. */
interface RankedMethod extends Ranked {
  readonly method: FillMethod;
}

/** Returns the findings of the experiment `missing`, one sentence each. */
export function findMissing({ payload }: MissingResult, t: Words, format: Format): string[] {
  const { rows, missing, byColumn, completeRows, patterns } = payload;
  const most = untied(byColumn, 1, ({ missing }) => missing);
  const together = patterns.filter((pattern) => pattern.lacking.length > 1);
  return [
    t.findingGaps(
      format.percent(missing / (rows * byColumn.length)),
      format.count(completeRows),
      format.count(rows),
    ),
    ...most.map((column) => t.findingMost(column.name, format.percent(column.missing / rows))),
    ...untied(together, 1, (pattern) => pattern.rows).map((pattern) =>
      t.findingTogether(format.list(namesOf(pattern.lacking)), format.count(pattern.rows))
    ),
    ...findFills(payload, t, format),
    ...findGroupings(payload.groupings, t, format),
    ...findClasses(payload.groupings, t, format),
  ];
}

/** Names some columns: the first few, and a mark for others. */
export function namesOf(columns: readonly string[]): string[] {
  return columns.length <= 6 ? [...columns] : [...columns.slice(0, 5), "…"];
}

/** Returns the methods that could fill hidden cells, with their errors. */
function errorsOf({ fills }: MissingPayload): RankedMethod[] {
  return fills.flatMap(({ method, error }) => error === null ? [] : [{ method, ...error }]);
}

/** Returns the best of some methods, and those from which it is not shown to differ. */
function bestOf(
  methods: readonly RankedMethod[],
): { readonly best: RankedMethod; readonly level: readonly RankedMethod[] } {
  const best = methods.find(({ behind }) => behind === null)!;
  return { best, level: methods.filter(({ behind }) => behind && behind.interval.low <= 0) };
}

function findFills(payload: MissingPayload, t: Words, format: Format): string[] {
  const errors = errorsOf(payload);
  if (errors.length === 0) return [t.findingNotHidden];
  const { best, level } = bestOf(errors);
  const worst = maximumBy(errors, ({ mean }) => mean.value);
  return [
    t.findingBest(t.methods[best.method], ...meanText(best, format)),
    ...levelText(level, t, format),
    ...worst === best || level.includes(worst)
      ? []
      : [t.findingWorse(t.methods[worst.method], format.decimal(worst.mean.value, 3))],
    ...errors.length < payload.fills.length ? [t.findingFails] : [],
  ];
}

function levelText(level: readonly RankedMethod[], t: Words, format: Format): string[] {
  if (level.length === 0) return [];
  return [t.findingLevel(format.list(level.map(({ method }) => t.methods[method])))];
}

function meanText(
  { mean: { value, interval } }: Pick<Ranked, "mean">,
  format: Format,
): [string, string, string] {
  const text = (number: number) => format.decimal(number, 3);
  return [text(value), text(interval.low), text(interval.high)];
}

/** Tells if the groups of two methods differ beyond the seeds: by intervals that leave a gap. */
function findGroupings(all: readonly Grouping[], t: Words, format: Format): string[] {
  const made = all.filter(({ agreement }) => agreement.length > 0);
  const pairs = made.flatMap((one, i) =>
    made.flatMap((other, k) =>
      k <= i ? [] : [{
        methods: [one, other].map(({ method }) => t.methods[method]),
        between: one.agreement[k],
        gap: Math.min(one.agreement[i].interval.low, other.agreement[k].interval.low) -
          one.agreement[k].interval.high,
      }]
    )
  );
  const apart = pairs.filter(({ gap }) => gap > 0);
  const least = minimumBy(apart.length > 0 ? apart : pairs, ({ between }) => between.value);
  const text = meanText({ mean: least.between }, format);
  const [one, other] = least.methods;
  return [apart.length > 0 ? t.findingApart(one, other, ...text) : t.findingAlike(...text)];
}

function findClasses(groupings: readonly Grouping[], t: Words, format: Format): string[] {
  const ranked = groupings.flatMap(({ method, toClasses }) =>
    toClasses === null ? [] : [{ method, ...toClasses }]
  );
  if (ranked.length === 0) return [];
  const { best, level } = bestOf(ranked);
  return [
    t.findingClasses(t.methods[best.method], ...meanText(best, format)),
    ...levelText(level, t, format),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: MissingResult, t: Words, format: Format): Answer {
  const number = format.percent(payload.missing / (payload.rows * payload.byColumn.length));
  const errors = errorsOf(payload);
  if (errors.length === 0) {
    return { number, sentence: t.headlineBare, uncertainty: t.headlineCounted };
  }
  const { best, level } = bestOf(errors);
  const plain = level.find(({ method }) => method === "column-mean");
  const [error, low, high] = meanText(plain ?? best, format);
  return {
    number,
    sentence: plain || best.method === "column-mean"
      ? t.headlineMeans(error)
      : t.headline(t.methods[best.method], error) +
        (level.length === 0
          ? ""
          : t.headlineLevel(format.list(level.map(({ method }) => t.methods[method])))),
    uncertainty: t.headlineInterval(low, high),
  };
}
