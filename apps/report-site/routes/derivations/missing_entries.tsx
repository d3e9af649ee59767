import type { JSX } from "preact";
import { filePath } from "../../components/document.tsx";
import { Section } from "../../components/figure.tsx";
import { usePage } from "../../components/page_context.ts";
import { PageTop } from "../../components/page_top.tsx";
import { Equation, Prose } from "../../components/prose.tsx";
import { type ContentProps, definePage, type Page } from "../../page.ts";
import { type Checked, findDerivation, MachineChecks, Step } from "./checks.tsx";

/** The derivation of k-means with missing entries. */
export const missingDerivationPage: Page = definePage({
  path: "derivations/missing-entries",
  title: (text) => text.missingDerivation.short,
  description: (text) => text.missingDerivation.description,
  needs: [],
  uses: ["derivations"],
  Content: MissingDerivation,
});

const formulas = {
  cost: String
    .raw`J(r, \mu) \;=\; \mathbb{E}\Bigl[\, \sum_{i=1}^{N} \sum_{k=1}^{K} r_{ik}\, \lVert x_i - \mu_k \rVert^2 \Bigr].`,
  observed: String
    .raw`\mathbb{E}\bigl[(x_{id} - \mu_{kd})^2\bigr] = (x_{id} - \mu_{kd})^2 \quad (d \in O_i),`,
  missing: String.raw`\begin{aligned}
    \mathbb{E}\bigl[(x_{id} - \mu_{kd})^2\bigr]
    &= \mathbb{E}\bigl[(x_{id} - m_d)^2\bigr] + 2\,(m_d - \mu_{kd})\,\mathbb{E}[x_{id} - m_d] + (m_d - \mu_{kd})^2 \\
    &= c + (\mu_{kd} - m_d)^2 \quad (d \in M_i).
  \end{aligned}`,
  distance: String.raw`\begin{aligned}
    \mathbb{E}\,\lVert x_i - \mu_k \rVert^2
    &= \sum_{o \in O_i} (x_{io} - \mu_{ko})^2 + \sum_{m \in M_i} \bigl[(\mu_{km} - m_m)^2 + c\bigr] \\
    &= \lVert \tilde{x}_i - \mu_k \rVert^2 + c\,\lvert M_i \rvert .
  \end{aligned}`,
  assignment: String
    .raw`k(i) = \operatorname*{arg\,min}_{k} \Bigl( \lVert \tilde{x}_i - \mu_k \rVert^2 + c\,\lvert M_i \rvert \Bigr) = \operatorname*{arg\,min}_{k}\; \lVert \tilde{x}_i - \mu_k \rVert^2 .`,
  gradient: String.raw`\begin{aligned}
    \frac{\partial J}{\partial \mu_{kd}}
    &= 2 \sum_{i \,:\, d \in O_i} r_{ik}\,(\mu_{kd} - x_{id}) + 2 \sum_{i \,:\, d \in M_i} r_{ik}\,(\mu_{kd} - m_d) \\
    &= 2 \Bigl( N_k\, \mu_{kd} - \sum_{i=1}^{N} r_{ik}\, \tilde{x}_{id} \Bigr).
  \end{aligned}`,
  centroid: String.raw`\mu_k = \frac{1}{N_k} \sum_{i=1}^{N} r_{ik}\, \tilde{x}_i .`,
  shrinkage: String.raw`\mu_{kd} = (1 - \lambda_{kd})\, \bar{x}_{kd} + \lambda_{kd}\, m_d :`,
  lloyd: String
    .raw`J(r, \mu) = \sum_{i=1}^{N} \sum_{k=1}^{K} r_{ik}\, \lVert \tilde{x}_i - \mu_k \rVert^2 + c \sum_{i=1}^{N} \lvert M_i \rvert .`,
  kpod: String.raw`\sum_{i=1}^{N} \sum_{k=1}^{K} r_{ik} \sum_{o \in O_i} (x_{io} - \mu_{ko})^2`,
} as const;

function MissingDerivation({ results }: ContentProps<never>): JSX.Element {
  const { text, format, language, link } = usePage();
  const t = text.missingDerivation;
  const checked = results.derivations;
  return (
    <>
      <PageTop
        heading={t.title}
        question={t.question}
        found={findDerivation(checked, "missing", text, format)}
      />
      <p>
        <a href={link(filePath({ path: "missing-entries" }, language))}>
          {text.derivations.experimentPage}
        </a>
      </p>
      <Section id="setting" title={text.derivations.setting}>
        <p>
          <Prose>{t.setting1}</Prose>
        </p>
        <p>
          <Prose>{t.setting2}</Prose>
        </p>
        <Equation id="eq-1" number="1">{formulas.cost}</Equation>
        <p>
          <Prose>{t.setting3}</Prose>
        </p>
      </Section>
      <Steps checked={checked} />
      <MachineChecks
        checked={checked}
        name="missing"
        trace={({ payload }) => payload.missingCost}
        words={t}
      />
    </>
  );
}

function Steps({ checked }: { readonly checked: Checked }): JSX.Element {
  const { text } = usePage();
  const t = text.missingDerivation;
  return (
    <>
      <Step
        id="expectation"
        number="1"
        title={t.expectation}
        checked={checked}
        checks={["missing-cost-matches-monte-carlo"]}
      >
        <p>
          <Prose>{t.expectation1}</Prose>
        </p>
        <Equation id="eq-2" number="2">{formulas.observed}</Equation>
        <Equation id="eq-3" number="3">{formulas.missing}</Equation>
        <p>
          <Prose>{t.expectation2}</Prose>
        </p>
        <Equation id="eq-4" number="4">{formulas.distance}</Equation>
        <p>
          <Prose>{t.expectation3}</Prose>
        </p>
      </Step>
      <Step
        id="assignment"
        number="2"
        title={t.assignment}
        checked={checked}
        checks={["missing-variance-moves-no-assignment"]}
      >
        <p>
          <Prose>{t.assignment1}</Prose>
        </p>
        <Equation id="eq-5" number="5">{formulas.assignment}</Equation>
        <p>
          <Prose>{t.assignment2}</Prose>
        </p>
      </Step>
      <Step
        id="centroids"
        number="3"
        title={t.centroids}
        checked={checked}
        checks={["missing-gradient-matches-differences", "missing-gradient-vanishes"]}
      >
        <p>
          <Prose>{t.centroids1}</Prose>
        </p>
        <Equation id="eq-6" number="6">{formulas.gradient}</Equation>
        <p>
          <Prose>{t.centroids2}</Prose>
        </p>
        <Equation id="eq-7" number="7">{formulas.centroid}</Equation>
        <p>
          <Prose>{t.centroids3}</Prose>
        </p>
        <Equation id="eq-8" number="8">{formulas.shrinkage}</Equation>
        <p>
          <Prose>{t.centroids4}</Prose>
        </p>
      </Step>
      <Step
        id="algorithm"
        number="4"
        title={t.algorithm}
        checked={checked}
        checks={["missing-equals-filled-lloyd", "missing-cost-never-rises"]}
      >
        <p>
          <Prose>{t.algorithm1}</Prose>
        </p>
        <Equation id="eq-9" number="9">{formulas.lloyd}</Equation>
        <p>
          <Prose>{t.algorithm2}</Prose>
        </p>
        <p>
          <Prose>{t.algorithm3}</Prose>
        </p>
      </Step>
      <Step id="k-pod" number="5" title={t.kpod} checked={checked}>
        <p>
          <Prose>{t.kpod1}</Prose>
        </p>
        <Equation id="eq-10" number="10">{formulas.kpod}</Equation>
        <p>
          <Prose>{t.kpod2}</Prose>
        </p>
      </Step>
    </>
  );
}
