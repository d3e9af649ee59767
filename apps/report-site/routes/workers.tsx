import type { WorkerJob } from "@mixtape/results";
import type { JSX } from "preact";
import { DataTable } from "../components/data_table.tsx";
import { Section } from "../components/figure.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import { type ContentProps, definePage, type Page } from "../page.ts";

/** The workers that did jobs of the results. */
export const workersPage: Page = definePage({
  path: "workers",
  group: "about",
  title: (text) => text.workers.title,
  description: (text) => text.workers.description,
  needs: [],
  isEmpty: ({ workerJobs = [] }) => workerJobs.length === 0,
  Content: WorkersContent,
});

function WorkersContent({ results: { workerJobs: jobs = [] } }: ContentProps): JSX.Element {
  const { text: { workers: t }, format } = usePage();
  const workers = Map.groupBy(jobs, ({ worker }) => worker);
  const again = jobs.filter(isRepeated).length;
  const findings = jobs.length === 0 ? [] : [
    t.did(
      format.count(jobs.length),
      format.isSingular(jobs.length),
      format.count(workers.size),
      format.isSingular(workers.size),
      format.duration(workOf(jobs)),
    ),
    again === 0 ? t.smooth : t.again(format.count(again), format.isSingular(again)),
  ];
  return (
    <>
      <PageTop heading={t.heading} question={t.question} findings={findings} />
      {jobs.length === 0 ? <p>{t.none}</p> : (
        <>
          <Workers workers={workers} />
          <Jobs jobs={jobs} />
        </>
      )}
    </>
  );
}

function Workers(
  { workers }: { readonly workers: ReadonlyMap<string, readonly WorkerJob[]> },
): JSX.Element {
  const { text: { workers: t }, format } = usePage();
  const c = t.workersColumns;
  return (
    <Section id="workers" title={t.workersTitle}>
      <DataTable
        caption={t.workersTitle}
        name="workers-all"
        columns={[
          { label: c.worker },
          { label: c.jobs, format: format.count },
          { label: c.seconds, format: (value) => format.significant(value, 2), unit: "s" },
          { label: c.again, format: format.count },
        ]}
        rows={[...workers].map(([worker, jobs]) => [
          worker,
          jobs.length,
          workOf(jobs) / 1000,
          jobs.filter(isRepeated).length,
        ])}
      />
    </Section>
  );
}

function Jobs({ jobs }: { readonly jobs: readonly WorkerJob[] }): JSX.Element {
  const { text: { workers: t }, format, nameOf } = usePage();
  const c = t.jobsColumns;
  return (
    <Section id="jobs" title={t.jobsTitle}>
      <DataTable
        caption={t.jobsTitle}
        name="workers-jobs"
        columns={[
          { label: c.experiment },
          { label: c.part },
          { label: c.worker },
          { label: c.started, isMoment: true },
          { label: c.seconds, format: (value) => format.significant(value, 2), unit: "s" },
          { label: c.tries, format: format.count },
        ]}
        rows={jobs.map(({ experiment, part, worker, startedAt, elapsedMs, tries }) => [
          nameOf(experiment),
          part ?? t.whole,
          worker,
          format.stamp(startedAt),
          elapsedMs / 1000,
          tries,
        ])}
        filters={[0, 2]}
      />
    </Section>
  );
}

/** Time that jobs took together, in milliseconds. */
function workOf(jobs: readonly WorkerJob[]): number {
  return jobs.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
}

function isRepeated({ tries }: WorkerJob): boolean {
  return tries > 1;
}
