import type { Catalogue } from "../catalogue.ts";

/** Textos da página sobre execuções. */
export const runs: Catalogue["runs"] = {
  title: "Execuções",
  description: "Cada execução guardada, e o que mudou de uma para a seguinte.",
  heading: "O que mudou de execução em execução?",
  question:
    "Cada execução é guardada. Um número mudou se o valor de cada execução fica fora do intervalo de 95% da outra. As tabelas listam até 60 números, primeiro os que mudaram; results/runs contém todos.",
  none: "Nenhuma execução foi guardada ainda. Para executar todos os experimentos:",
  storedTitle: "Cada execução guardada",
  storedColumns: {
    experiment: "Experimento",
    started: "Início",
    profile: "Perfil",
    seed: "Semente",
    data: "Dados",
    backend: "Backend",
    commit: "Commit",
    elapsed: "Segundos",
  },
  once: "Nenhum experimento foi executado mais de uma vez, portanto ainda não há o que comparar.",
  comparisonTitle: (experiment) => `${experiment}: uma execução depois da outra`,
  changed: (experiment, before, moved, all) =>
    `${experiment}, desde a execução de ${before}: ${moved} de ${all} números saíram dos seus intervalos.`,
  pairColumns: { number: "Número", before: "Antes", after: "Depois", moved: "Mudou" },
  pairTitle: (before, after) => `${before} → ${after}`,
};
