import type { Catalogue } from "../catalogue.ts";

/** Textos do resumo. */
export const overview: Catalogue["overview"] = {
  title: "Resumo",
  description: "O que os experimentos do Mixtape encontraram, em uma página.",
  heading: "Que imagens formam grupos, e quais não pertencem a nenhum?",
  standfirst:
    "k-means, misturas gaussianas, uma pequena rede neural e detecção fora da distribuição, executados de verdade, com cada número rastreável até a execução que o produziu.",
  ownHeading: "Que grupos existem, onde vivem os dados e que linhas não pertencem?",
  ownStandfirst:
    "Os dados que foram dados a esta execução, vistos de vários lados, e cada número pode ser seguido até a execução que o produziu.",
  headlines: "O que se perguntou, e as respostas",
  interval: (range) => `intervalo de 95%: ${range}`,
  more: (title) => `Mais: ${title}`,
  notRun: "Ainda não executados",
  notRunBody: "Estes experimentos ainda não têm resultado. Cada linha é o comando que o produz.",
  leftOut: "Fora desta execução",
  leftOutBody: "Estes experimentos não se aplicam aos dados deste relatório.",
  changes: "O que mudou desde a execução anterior",
  runs: "Quanto tempo levou, e onde",
  runsBody: (experiments, total) =>
    experiments === "1"
      ? `1 experimento levou ${total}.`
      : `${experiments} experimentos levaram ${total} ao todo.`,
  where: (machine, os, backend, deno) => `Execução em ${machine}, ${os}, ${backend}, Deno ${deno}.`,
  runsColumns: {
    experiment: "Experimento",
    elapsed: "Segundos",
    profile: "Perfil",
    seed: "Semente",
    backend: "Backend",
    commit: "Commit",
  },
};
