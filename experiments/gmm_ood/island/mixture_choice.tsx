import {
  type Catalogue,
  minimumBy,
  PageProvider,
  usePage,
  useWords,
  WordsProvider,
} from "@mixtape/report-site/components";
import {
  browserPage,
  choiceInAddress,
  islandData,
  islandWords,
  keepInAddress,
  Slider,
} from "@mixtape/report-site/islands";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { countText } from "../../count_text.ts";
import type { DecayOutcome, MixtureRow } from "../result.ts";
import { anchorsOf, MixtureView } from "./mixture_view.tsx";
import type { MixturesData } from "./mixtures_data.ts";
import type { Words } from "../words/en.ts";

/** Properties of {@link MixtureChoice}. */
export interface MixtureChoiceProps {
  /** The weight decay to begin with, by its place. */
  readonly start: number;
}

/** Sliders over weight decay and components, and the scores of the mixture that they choose. */
export function MixtureChoice({ start }: MixtureChoiceProps): JSX.Element | null {
  const data = islandData<MixturesData>("mixtures");
  const { site, words } = islandWords<Pick<Catalogue, "site"> & { words: Words }>("mixtures");
  const page = useMemo(() => data && browserPage("mixtures", { site }, [data.origin]), []);
  if (data === undefined || page === undefined) return null;
  return (
    <PageProvider value={page}>
      <WordsProvider value={words}>
        <Choice start={start} {...data.payload} />
      </WordsProvider>
    </PageProvider>
  );
}

function Choice(
  { start, rows, byWeightDecay }: MixtureChoiceProps & MixturesData["payload"],
): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const [decay, setDecay] = useState(() =>
    keptDecay(byWeightDecay) ?? linkedDecay(byWeightDecay) ?? start
  );
  const { byBic } = byWeightDecay[decay].chosen;
  const [wanted, setWanted] = useState(() => Number(choiceInAddress("components")) || byBic);
  useEffect(() => {
    const follow = () => {
      const linked = linkedDecay(byWeightDecay);
      if (linked !== undefined) moveTo(linked);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  // What is linked to is there only once its weight decay is shown.
  useEffect(() => {
    if (linkedDecay(byWeightDecay) === decay) linkedElement()?.scrollIntoView();
  }, [decay]);
  useEffect(showCurrentRow);
  const outcome = byWeightDecay[decay];
  const { byComponents } = outcome;
  const mixture = minimumBy(byComponents, (row) => Math.abs(row.components - wanted));
  return (
    <>
      <div class="choice">
        <Slider
          id="mixtures-decay"
          label={t.columns.decay}
          steps={byWeightDecay.map((one) => format.weight(one.weightDecay))}
          at={decay}
          onMove={moveTo}
        />
        <Slider
          id="mixtures-components"
          label={t.columns.components}
          steps={byComponents.map((row) => format.count(row.components))}
          at={byComponents.indexOf(mixture)}
          onMove={(step) => {
            setWanted(byComponents[step].components);
            keepInAddress("components", String(byComponents[step].components));
          }}
        />
        <Said outcome={outcome} mixture={mixture} />
      </div>
      <MixtureView rows={rows} outcome={outcome} mixture={mixture} />
    </>
  );

  function moveTo(step: number): void {
    setDecay(step);
    keepInAddress("decay", String(byWeightDecay[step].weightDecay));
  }
}

interface SaidProps {
  readonly outcome: DecayOutcome;
  readonly mixture: MixtureRow;
}

function Said({ outcome, mixture }: SaidProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { auroc, fprAtIdTpr95 } = mixture.separation;
  return (
    <p role="status">
      {t.shown(
        countText(mixture.components, t.componentsText, format),
        format.weight(outcome.weightDecay),
        format.decimal(auroc, 3),
        format.percent(fprAtIdTpr95),
        mixture.components === outcome.chosen.byBic,
      )}
    </p>
  );
}

/** Scrolls the table, and not the page, to its current row. */
function showCurrentRow(): void {
  const row = document.querySelector<HTMLElement>('[data-island="mixtures"] tr[aria-current]');
  const box = row?.closest(".table-scroll");
  if (!row || !box) return;
  const head = box.querySelector("thead")?.clientHeight ?? 0;
  const { offsetTop, offsetHeight } = row;
  box.scrollTop = Math.min(
    offsetTop - head,
    Math.max(box.scrollTop, offsetTop + offsetHeight - box.clientHeight),
  );
}

function linkedName(): string {
  return decodeURIComponent(location.hash.slice(1));
}

function linkedElement(): HTMLElement | null {
  return document.getElementById(linkedName());
}

/** The weight decay that the address names, by its place. */
function keptDecay(outcomes: readonly DecayOutcome[]): number | undefined {
  const kept = choiceInAddress("decay");
  const at = outcomes.findIndex(({ weightDecay }) => String(weightDecay) === kept);
  return at < 0 ? undefined : at;
}

/** The weight decay whose anchor the address leads to. */
function linkedDecay(outcomes: readonly DecayOutcome[]): number | undefined {
  const at = outcomes.findIndex((one) => Object.values(anchorsOf(one)).includes(linkedName()));
  return at < 0 ? undefined : at;
}
