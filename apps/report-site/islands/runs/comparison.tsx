import type { Estimate } from "@mixtape/results";
import type { JSX } from "preact";
import { DataTable } from "../../components/data_table.tsx";
import { usePage } from "../../components/page_context.ts";
import type { NumberPair, RunChange } from "../../conclusions/runs.ts";

/** Properties of {@link Comparison}. */
export interface ComparisonProps {
  /** Two runs. */
  readonly change: RunChange;
  /** Name of its table. */
  readonly name: string;
  /** Largest number of rows to list; all unless given. */
  readonly limit?: number;
}

/** Two runs, number by number: what moved beyond its interval, and what was asked differently. */
export function Comparison({ change, name, limit = Infinity }: ComparisonProps): JSX.Element {
  const { text, format, nameOf } = usePage();
  const t = text.runs;
  const { before, after, options } = change;
  const pairs = change.pairs.slice(0, limit);
  const moved = change.pairs.filter((pair) => pair.moved).length;
  const sentence = t.compared(
    nameOf(after.experiment),
    format.stamp(before.startedAt),
    format.stamp(after.startedAt),
    format.count(moved),
    format.count(change.pairs.length),
  );
  const asked = options.map((one) => t.optionChange(one.name, one.before, one.after));
  return (
    <>
      <p role="status">{change.pairs.length === 0 ? t.noNumbers : sentence}</p>
      <p>{asked.length === 0 ? t.askedTheSame : t.askedDifferently(asked.join("; "))}</p>
      {pairs.length > 0 && <Numbers {...change} pairs={pairs} name={name} caption={sentence} />}
      {pairs.length < change.pairs.length && (
        <p>{t.shortened(format.count(pairs.length), format.count(change.pairs.length))}</p>
      )}
    </>
  );
}

interface NumbersProps extends RunChange {
  readonly name: string;
  readonly caption: string;
}

function Numbers({ name, caption, before, after, pairs }: NumbersProps): JSX.Element {
  const { text, format } = usePage();
  const c = text.runs.pairColumns;
  const number = (value: number) => format.decimal(value, 3);
  const range = ({ interval: { low, high } }: Estimate) => `${number(low)}–${number(high)}`;
  return (
    <DataTable
      caption={caption}
      name={name}
      columns={[
        { label: c.number },
        { label: c.before, format: number },
        { label: c.beforeInterval },
        { label: c.after, format: number },
        { label: c.afterInterval },
        { label: c.moved },
      ]}
      rows={pairs.map((pair) => [
        // What separates is the same everywhere.
        pair.path.replace(".separation.", "."),
        pair.before.value,
        range(pair.before),
        pair.after.value,
        range(pair.after),
        direction(pair),
      ])}
      marked={pairs.flatMap(({ moved }, at) => moved ? [at] : [])}
      origins={[before.origin, after.origin]}
    />
  );

  function direction({ moved, before, after }: NumberPair): string {
    if (!moved) return text.site.no;
    return after.value > before.value ? text.runs.movedUp : text.runs.movedDown;
  }
}
