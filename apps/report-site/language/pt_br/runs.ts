import type { Catalogue } from "../catalogue.ts";

/** Textos da página sobre execuções. */
export const runs: Catalogue["runs"] = {
  title: "Execuções",
  description: "Cada execução guardada, e o que mudou de uma para a seguinte.",
  heading: "O que mudou de uma execução para outra?",
  question:
    "Cada execução é guardada. Um número mudou se o valor de cada execução fica fora do intervalo de 95% da outra.",
  none: "Nenhuma execução foi guardada ainda. Para executar todos os experimentos:",
  storedTitle: "Cada execução guardada",
  storedColumns: {
    experiment: "Experimento",
    started: "Início, UTC",
    profile: "Perfil",
    seed: "Semente",
    data: "Dados",
    backend: "Backend",
    commit: "Commit",
    elapsed: "Segundos",
  },
  timesTitle: "Quanto tempo levou, e onde",
  times: (experiments, total) =>
    experiments === "1"
      ? `1 experimento levou ${total}.`
      : `${experiments} experimentos levaram ${total} ao todo.`,
  where: (machine, os, backend, deno) => `Execução em ${machine}, ${os}, ${backend}, Deno ${deno}.`,
  once: "Nenhum experimento foi executado mais de uma vez, portanto ainda não há o que comparar.",
  compareTitle: "Duas execuções comparadas",
  compareIntro:
    "As duas últimas execuções de cada experimento executado mais de uma vez, ou quaisquer duas onde se pode escolher. O que mudou vem primeiro.",
  changed: (experiment, before, moved, all) =>
    `${experiment}, desde a execução de ${before}: números que saíram dos seus intervalos, ${moved} de ${all}.`,
  compared: (experiment, before, after, moved, all) =>
    `${experiment}, ${before} → ${after}: números que saíram dos seus intervalos, ${moved} de ${all}.`,
  noNumbers: "Nenhum número que as duas execuções têm traz um intervalo.",
  askedTheSame: "Ambas tiveram as mesmas opções e o mesmo commit.",
  askedDifferently: (options) => `O que difere: ${options}.`,
  optionChange: (name, before, after) => `${name} ${before} → ${after}`,
  shortened: (shown, all) => `Números listados: ${shown} de ${all}; results/runs contém todos.`,
  failed: "Os números de uma execução não puderam ser carregados.",
  runName: (moment, profile, seed) => `${moment}, ${profile}, semente ${seed}`,
  pairColumns: {
    number: "Número",
    before: "Antes",
    beforeInterval: "Antes, intervalo",
    after: "Depois",
    afterInterval: "Depois, intervalo",
    moved: "Mudou",
  },
  movedUp: "subiu",
  movedDown: "desceu",
};
