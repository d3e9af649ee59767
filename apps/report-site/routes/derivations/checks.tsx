import type { CheckId, DerivationCheck, MonteCarloEstimate, ResultOf } from "@mixtape/results";
import type { ComponentChildren, JSX } from "preact";
import type { AxisSpec } from "../../components/charts/axes.tsx";
import { LineChart } from "../../components/charts/line_chart.tsx";
import { DataTable } from "../../components/data_table.tsx";
import { Figure, Section } from "../../components/figure.tsx";
import { Command } from "../../components/not_run.tsx";
import { usePage } from "../../components/page_context.ts";
import type { Catalogue } from "../../language/catalogue.ts";
import type { Format } from "../../language/format.ts";

/** Result of the machine checks, if they have been run. */
export type Checked = ResultOf<"derivations"> | undefined;

/** A derivation: the checks that are about it begin with its name. */
export type DerivationName = "missing" | "mixture";

function checksOf(checked: Checked, name: DerivationName): readonly DerivationCheck[] {
  return checked?.payload.checks.filter(({ id }) => id.startsWith(`${name}-`)) ?? [];
}

/** What the checks of a derivation found, a sentence. */
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
  return [failed === 0 ? t.foundAll(total) : t.foundSome(format.count(failed), total)];
}

/** What {@link Step} shows. */
export interface StepProps {
  /** Stable anchor. */
  readonly id: string;
  /** Its number. */
  readonly number: string;
  /** What it derives. */
  readonly title: string;
  /** The result of the checks. */
  readonly checked: Checked;
  /** The statements of this step that a machine checks. */
  readonly checks?: readonly CheckId[];
  /** Paragraphs and equations. */
  readonly children: ComponentChildren;
}

/** A step of a derivation, with the machine checks of what it says beside it. */
export function Step(
  { id, number, title, checked, checks = [], children }: StepProps,
): JSX.Element {
  const { text } = usePage();
  const done = checked?.payload.checks.filter((check) => checks.includes(check.id)) ?? [];
  return (
    <Section id={id} title={text.derivations.step(number, title)}>
      <div class="step">
        <div class="step-body">{children}</div>
        {done.length > 0 && (
          <ul class="step-checks" aria-label={text.derivations.checksTitle}>
            {done.map((check) => <Check key={check.id} check={check} />)}
          </ul>
        )}
      </div>
    </Section>
  );
}

function Check({ check }: { readonly check: DerivationCheck }): JSX.Element {
  const { text, format } = usePage();
  const t = text.derivations;
  return (
    <li class={check.passed ? "holds" : "fails"}>
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
    </li>
  );
}

/** What {@link MachineChecks} shows. */
export interface MachineChecksProps {
  /** The result of the checks. */
  readonly checked: Checked;
  /** Which derivation. */
  readonly name: DerivationName;
  /** Values that must fall or rise, and the words for them. */
  readonly trace: (checked: ResultOf<"derivations">) => readonly number[];
  /** The words for the trace. */
  readonly words: {
    readonly traceTitle: string;
    readonly traceCaption: string;
    readonly traceX: string;
    readonly traceY: string;
  };
}

/** All machine checks of a derivation, or how to run them. */
export function MachineChecks({ checked, name, trace, words }: MachineChecksProps): JSX.Element {
  const { text } = usePage();
  const t = text.derivations;
  if (checked === undefined) {
    return (
      <Section id="checks" title={t.checksTitle}>
        <p>{t.checksNotRun}</p>
        <Command experiments={["derivations"]} />
      </Section>
    );
  }
  const estimates = checked.payload.monteCarlo.filter(({ id }) => id.startsWith(`${name}-`));
  return (
    <Section id="checks" title={t.checksTitle}>
      <p>{t.checksIntro}</p>
      <ChecksTable checks={checksOf(checked, name)} name={name} />
      <Trace values={trace(checked)} words={words} />
      {estimates.length > 0 && <MonteCarlo estimates={estimates} />}
    </Section>
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

function scaledAxis(label: string, values: readonly number[], format: Format): AxisSpec {
  const { divisor, text } = format.powerOfTen(values);
  return { label: text === "" ? label : `${label} (${text})`, format: format.decimal, divisor };
}

function Trace(
  { values, words }: Pick<MachineChecksProps, "words"> & { values: readonly number[] },
): JSX.Element {
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

function MonteCarlo(
  { estimates }: { readonly estimates: readonly MonteCarloEstimate[] },
): JSX.Element {
  const { text, format } = usePage();
  const t = text.derivations;
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
