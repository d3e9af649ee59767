import { checkIds, type DerivationsResult } from "@mixtape/results";
import type { JSX } from "preact";
import { Article, type Slots } from "../../components/article.tsx";
import { Findings } from "../../components/page_top.tsx";
import { usePage } from "../../components/page_context.ts";
import type { Catalogue } from "../../language/catalogue.ts";
import { definePage, type Page } from "../../page.ts";
import {
  Check,
  type Checked,
  type DerivationName,
  findDerivation,
  MachineChecks,
  MonteCarlo,
  Trace,
} from "./checks.tsx";

/** The properties of a derivation's page. */
export interface Derivation {
  /** Path of its page. */
  readonly path: string;
  /** Its name, with which its checks begin. */
  readonly name: DerivationName;
  /** Its texts. */
  readonly words: (text: Catalogue) => Catalogue["missingDerivation"];
  /** Values that must fall or rise from step to step. */
  readonly trace: (payload: DerivationsResult["payload"]) => readonly number[];
}

/** The page of a derivation: its article, with the machine checks of what it says. */
export function derivationPage(derivation: Derivation): Page {
  const { path, words } = derivation;
  return definePage({
    path,
    group: "derivations",
    title: (text) => words(text).short,
    description: (text) => words(text).description,
    needs: [],
    uses: ["derivations"],
    Content: ({ results: { byExperiment } }) => (
      <Content
        derivation={derivation}
        checked={byExperiment["derivations"] as Checked}
      />
    ),
  });
}

interface ContentProps {
  readonly derivation: Derivation;
  readonly checked: Checked;
}

function Content({ derivation, checked }: ContentProps): JSX.Element {
  const { name, words, trace } = derivation;
  const { text, format } = usePage();
  const t = words(text);
  const slots: Slots = {
    ...checkSlots(checked, name),
    "findings": <Findings sentences={findDerivation(checked, name, text, format)} />,
    "machine-checks": <MachineChecks checked={checked} name={name} />,
    "trace": checked && <Trace values={trace(checked.payload)} words={t} />,
    "monte-carlo": <MonteCarlo checked={checked} name={name} />,
  };
  return <Article source={t.article} slots={slots} />;
}

/** A slot for each statement of a derivation that is checked, named after the check. */
function checkSlots(checked: Checked, name: DerivationName): Slots {
  return Object.fromEntries(
    checkIds.filter((id) => id.startsWith(`${name}-`)).map((id) => {
      const check = checked?.payload.checks.find((one) => one.id === id);
      return [id, check && <Check key={id} check={check} />];
    }),
  );
}

/** The derivation of k-means with missing entries. */
export const missingDerivationPage: Page = derivationPage({
  path: "derivations/missing-entries",
  name: "missing",
  words: (text) => text.missingDerivation,
  trace: (payload) => payload.missingCost,
});

/** The derivation of EM for Gaussian mixtures. */
export const mixtureDerivationPage: Page = derivationPage({
  path: "derivations/mixtures",
  name: "mixture",
  words: (text) => text.mixtureDerivation,
  trace: (payload) => payload.mixtureLogLikelihood,
});
