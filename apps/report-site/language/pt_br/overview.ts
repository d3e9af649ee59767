import type { Catalogue } from "../catalogue.ts";

/** Textos do resumo. */
export const overview: Catalogue["overview"] = {
  title: "Resumo",
  description: "O que os experimentos do Mixtape encontraram, em uma página.",
  heading: "Quais imagens formam grupos, e quais não pertencem a nenhum?",
  standfirst:
    "Mixtape é um conjunto de pacotes em TypeScript que encontram grupos em dados, modelam sua densidade e apontam o que não pertence a eles. Este relatório diz o que seus experimentos encontraram, e cada número leva à execução que o produziu.",
  ownHeading: "Quais grupos existem, e quais linhas não pertencem a nenhum?",
  ownStandfirst:
    "Mixtape é um conjunto de pacotes em TypeScript que encontram grupos em dados, modelam sua densidade e apontam o que não pertence a eles. Este relatório diz o que encontraram nos dados recebidos, e cada número leva à execução que o produziu.",
  runIt: "Para executar",
  useIt: "Para usar",
  source: "Código-fonte",
  docs: "Documentação dos pacotes (em inglês)",
  headlines: "O que se perguntou, e as respostas",
  interval: (range) => `intervalo de 95%: ${range}`,
  more: (title) => `Mais: ${title}`,
  notRun: "Ainda não executados",
  notRunBody: "Estes experimentos ainda não têm resultado. Cada linha é o comando que o produz.",
  leftOut: "Fora desta execução",
  leftOutBody: "Estes experimentos não se aplicam aos dados deste relatório.",
  changes: "O que mudou desde a execução anterior",
};
