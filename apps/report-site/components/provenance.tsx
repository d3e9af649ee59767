import type { Result, UsedData, UsedImages, UsedTable } from "@mixtape/results";
import type { ComponentChildren, JSX } from "preact";
import { Anchor } from "./anchor.tsx";
import { changesNote } from "./changes_note.ts";
import { usePage } from "./page_context.ts";
import { OptionList } from "./table_sources.tsx";

/** The options, data, software, hardware and times of results, one block per result. */
export function Provenance({ results }: { readonly results: readonly Result[] }): JSX.Element {
  const { text } = usePage();
  return (
    <section id="provenance">
      <h2>
        {text.site.provenance} <Anchor id="provenance" title={text.site.provenance} />
      </h2>
      {results.length === 0 && <p>{text.site.noData}</p>}
      {results.map((result) => (
        <ResultProvenance key={result.experiment} result={result} open={results.length === 1} />
      ))}
    </section>
  );
}

function ResultProvenance(
  { result, open }: { readonly result: Result; readonly open: boolean },
): JSX.Element {
  const { text, link, nameOf } = usePage();
  const name = nameOf(result.experiment);
  return (
    <details open={open}>
      <summary>{name}</summary>
      <dl class="provenance">
        <Made result={result} />
        <Took result={result} />
        <Entry term={text.site.provenanceData}>
          {result.data.map((one) => <Data key={one.name} data={one} />)}
        </Entry>
        <Entry term={text.site.provenanceOptions}>
          <OptionList options={result.options.parameters} />
        </Entry>
      </dl>
      <p class="download">
        <a href={link(`results/${result.experiment}.json`)}>{text.site.resultJson(name)}</a>
      </p>
    </details>
  );
}

function Made({ result }: { readonly result: Result }): JSX.Element {
  const { text, format } = usePage();
  const { provenance, options } = result;
  const { site } = text;
  const versions = [["deno", provenance.deno], ["v8", provenance.v8]]
    .concat(Object.entries(provenance.packageVersions));
  const threads = site.provenanceThreads(
    format.count(provenance.threads),
    format.isSingular(provenance.threads),
  );
  const { model, count } = provenance.processor;
  return (
    <>
      <Entry term={site.provenanceCommit}>
        {provenance.commit === null
          ? site.provenanceNone
          : <code>{provenance.commit.slice(0, 12)}</code>}
        {(provenance.commit !== null || provenance.dirty) && changesNote(provenance.dirty, text)}
      </Entry>
      <Entry term={site.provenanceProfile}>{options.profile}, {format.count(options.seed)}</Entry>
      <Entry term={site.provenanceBackend}>
        {[provenance.backend, provenance.adapter, threads].filter(Boolean).join(", ")}
      </Entry>
      <Entry term={site.provenanceMachine}>
        {site.provenanceProcessors(model, format.count(count))}, {provenance.os}
      </Entry>
      <Entry term={site.provenanceVersions}>
        <ul class="inline">
          {versions.map(([name, version]) => (
            <li key={name}>
              <code>{name}</code> {version}
            </li>
          ))}
        </ul>
      </Entry>
    </>
  );
}

function Took({ result }: { readonly result: Result }): JSX.Element {
  const { text, format } = usePage();
  return (
    <>
      <Entry term={text.site.provenanceStarted}>
        <time dateTime={result.provenance.startedAt}>
          {format.moment(result.provenance.startedAt)}
        </time>
      </Entry>
      <Entry term={text.site.provenanceElapsed}>{format.duration(totalElapsed(result))}</Entry>
      <Entry term={text.site.provenanceStages}>
        <ul class="inline">
          {result.stages.map(({ name, elapsedMs }) => (
            <li key={name}>{name}: {format.duration(elapsedMs)}</li>
          ))}
        </ul>
      </Entry>
    </>
  );
}

function Data({ data }: { readonly data: UsedData }): JSX.Element {
  const { text } = usePage();
  return (
    <div class="data-set">
      {data.kind === "images" ? <Images data={data} /> : <Table data={data} />}
      <ul class="hashes">
        {data.files.map(({ name, sha256 }) => (
          <li key={name}>
            <code>{name}</code> {text.site.provenanceHash} <code>{sha256}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Images({ data }: { readonly data: UsedImages }): JSX.Element {
  const { text, format } = usePage();
  const { train, test } = data.rows;
  return (
    <p>
      {data.title} ({data.licence}; {data.source}):{" "}
      {text.site.provenanceRows(format.count(train), format.count(test))}.
    </p>
  );
}

function Table({ data }: { readonly data: UsedTable }): JSX.Element {
  const { text: { site }, format } = usePage();
  const { title, rows, fileRows, columns, missing, scale, reading } = data;
  return (
    <>
      <p>
        {title}: {site.bannerSize(format.count(rows), format.count(columns))}{" "}
        {rows < fileRows && `${site.bannerDrawn(format.count(fileRows))} `}
        {site.provenanceMissing(format.count(missing))} {site.bannerScales[scale]}
      </p>
      {Object.keys(reading).length > 0 && <OptionList options={reading} />}
    </>
  );
}

function Entry(
  { term, children }: { readonly term: string; readonly children: ComponentChildren },
): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Returns the total time of an experiment, in milliseconds. */
export function totalElapsed(result: Result): number {
  return result.stages.reduce((total, stage) => total + stage.elapsedMs, 0);
}
