import type { DerivationCheck, DerivationsResult } from "@mixtape/results";
import type { JSX } from "preact";
import { scaledAxis } from "../../components/charts/axes.tsx";
import { LineChart } from "../../components/charts/line_chart.tsx";
import { DataTable } from "../../components/data_table.tsx";
import { Figure } from "../../components/figure.tsx";
import { Command } from "../../components/not_run.tsx";
import { usePage } from "../../components/page_context.ts";
import type { Catalogue } from "../../language/catalogue.ts";
import type { Format } from "../../language/format.ts";

/** Result of the machine checks, if they have been run. */
export type Checked = DerivationsResult | undefined;

/** A derivation: the checks that are about it begin with its name. */
export type DerivationName = "missing" | "mixture";

function checksOf(checked: Checked, name: DerivationName): readonly DerivationCheck[] {
  return checked?.payload.checks.filter(({ id }) => id.startsWith(`${name}-`)) ?? [];
}

/** Returns a sentence with the number of checks of a derivation that hold; nothing if they have not been run. */
export function findDerivation(
  checked: Checked,
  name: DerivationName,
  text: Catalogue,
  format: Format,
): string[] {
  const checks = checksOf(checked, name);
  if (checks.length === 0) return [];
  const failed = checks.filter((check) => !check.passed).length;
  const total = format.count(checks.length);
  const t = text.derivations;
  return [failed === 0 ? t.findingAll(total) : t.findingSome(format.count(failed), total)];
}

/** A statement of the text and what its machine check found. */
export function Check({ check }: { readonly check: DerivationCheck }): JSX.Element {
  const { text, format } = usePage();
  const t = text.derivations;
  return (
    <p class={`check ${check.passed ? "holds" : "fails"}`}>
      <strong>
        <span aria-hidden="true">{check.passed ? "✓" : "✗"}</span> {t.statements[check.id]}:{" "}
        {t.check(check.passed)}
      </strong>
      <span class="bounds">
        {t.checkBounds(
          format.significant(check.error, 2),
          format.significant(check.tolerance, 2),
          format.count(check.cases),
        )}
      </span>
    </p>
  );
}

/** All machine checks of a derivation as a table, or how to run them. */
export function MachineChecks(
  { checked, name }: { readonly checked: Checked; readonly name: DerivationName },
): JSX.Element {
  const { text } = usePage();
  const t = text.derivations;
  if (checked === undefined) {
    return (
      <>
        <p>{t.checksNotRun}</p>
        <Command experiments={["derivations"]} />
      </>
    );
  }
  return (
    <>
      <p>{t.checksIntro}</p>
      <ChecksTable checks={checksOf(checked, name)} name={name} />
    </>
  );
}

interface ChecksTableProps {
  readonly checks: readonly DerivationCheck[];
  readonly name: DerivationName;
}

function ChecksTable({ checks, name }: ChecksTableProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.derivations;
  const two = (value: number) => format.significant(value, 2);
  return (
    <DataTable
      caption={t.checksTitle}
      name={`derivations-${name}-checks`}
      columns={[
        { label: t.columns.statement },
        { label: t.columns.passed },
        { label: t.columns.error, format: two },
        { label: t.columns.tolerance, format: two },
        { label: t.columns.cases, format: format.count },
      ]}
      rows={checks.map((check) => [
        t.statements[check.id],
        check.passed ? text.site.yes : text.site.no,
        check.error,
        check.tolerance,
        check.cases,
      ])}
    />
  );
}

/** Properties of {@link Trace}. */
export interface TraceProps {
  /** Values that must fall or rise. */
  readonly values: readonly number[];
  /** The words for them. */
  readonly words: {
    readonly traceTitle: string;
    readonly traceCaption: string;
    readonly traceX: string;
    readonly traceY: string;
  };
}

/** A curve of values, step by step. */
export function Trace({ values, words }: TraceProps): JSX.Element {
  const { format } = usePage();
  return (
    <Figure
      id="trace"
      title={words.traceTitle}
      caption={words.traceCaption}
      table={{
        columns: [
          { label: words.traceX, format: format.count },
          { label: words.traceY, format: (value) => format.significant(value, 8) },
        ],
        rows: values.map((value, index) => [index + 1, value]),
      }}
    >
      <LineChart
        title={words.traceTitle}
        description={words.traceCaption}
        height={280}
        narrowHeight={260}
        x={{ label: words.traceX, format: format.count, whole: true }}
        y={scaledAxis(words.traceY, values, format)}
        series={[{
          colour: 1,
          dots: true,
          points: values.map((y, index) => ({ x: index + 1, y })),
        }]}
      />
    </Figure>
  );
}

/** Closed forms of a derivation beside their estimates; nothing where there are none. */
export function MonteCarlo(
  { checked, name }: { readonly checked: Checked; readonly name: DerivationName },
): JSX.Element | null {
  const { text, format } = usePage();
  const t = text.derivations;
  const estimates = checked?.payload.monteCarlo.filter(({ id }) => id.startsWith(`${name}-`)) ?? [];
  if (estimates.length === 0) return null;
  const five = (value: number) => format.significant(value, 5);
  return (
    <Figure
      id="monte-carlo"
      title={t.monteCarloTitle}
      caption={t.monteCarloCaption}
      table={{
        columns: [
          { label: t.monteCarloColumns.statement },
          { label: t.monteCarloColumns.closedForm, format: five },
          { label: t.monteCarloColumns.estimate, format: five },
          {
            label: t.monteCarloColumns.standardError,
            format: (value) => format.significant(value, 2),
          },
          { label: t.monteCarloColumns.draws, format: format.count },
        ],
        rows: estimates.map((one) => [
          t.statements[one.id],
          one.closedForm,
          one.estimate,
          one.standardError,
          one.draws,
        ]),
      }}
    />
  );
}
